"""What a person may do within a company. PURE."""

from enum import StrEnum


class Role(StrEnum):
    """Each role may do what the ones before it may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"

    @property
    def label(self) -> str:
        return LABELS[self]

    def includes(self, needed: "Role") -> bool:
        order = tuple(Role)
        return order.index(self) >= order.index(needed)


LABELS = {Role.OWNER: "Sahip (yönetici)", Role.EDITOR: "Düzenleyen", Role.VIEWER: "Görüntüleyen"}


def role_choices() -> list[tuple[str, str]]:
    """For columns and forms, the one who may do the most first."""
    return [(role.value, label) for role, label in LABELS.items()]
