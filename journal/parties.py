"""The parties of the six steps: who acts, and whose turn it is. PURE."""

from enum import StrEnum


class Party(StrEnum):
    COMPANY = "company"
    STAFF = "staff"
    IYS = "iys"
    SYSTEM = "system"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {Party.COMPANY: "Firma", Party.STAFF: "Destek ekibi", Party.IYS: "İYS", Party.SYSTEM: "Portal"}


def party_choices() -> list[tuple[str, str]]:
    return [(party.value, label) for party, label in LABELS.items()]
