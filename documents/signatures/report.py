"""What a verification found, line by line, for people. PURE."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

NOT_UNDERSTOOD = "Dosya çözümlenemedi. İmzaladığınız dosyayı değiştirmeden yeniden yükleyin."


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    NOT_MADE = "not_made"  # could not be asked; a person has to


# The checks that somebody who signs together has signed, and that a file has all signatures that were there.
SIGNATORY, JOINT, MEANWHILE = "signatory", "joint", "meanwhile"


@dataclass(frozen=True, slots=True)
class Check:
    """One line: `key` names the check, `sentence` is Turkish and says what to do when it failed."""

    key: str
    outcome: Outcome
    sentence: str


def passed(key: str, sentence: str) -> Check:
    return Check(key, Outcome.PASSED, sentence)


def failed(key: str, sentence: str) -> Check:
    return Check(key, Outcome.FAILED, sentence)


def not_made(key: str, sentence: str) -> Check:
    return Check(key, Outcome.NOT_MADE, sentence)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, by the certificate. `identity` is the TCKN, empty when there is none in it."""

    name: str
    identity: str
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Report:
    checks: tuple[Check, ...]
    signers: tuple[Signer, ...] = ()

    @property
    def accepted(self) -> bool:
        """Nothing failed; something may still wait for a person."""
        return bool(self.checks) and not any(check.outcome is Outcome.FAILED for check in self.checks)

    @property
    def unfinished(self) -> bool:
        """Sound as far as it goes: nothing failed but that somebody who signs together has not signed yet."""
        return {check.key for check in self.checks if check.outcome is Outcome.FAILED} == {JOINT}

    @property
    def undecided(self) -> bool:
        return any(check.outcome is Outcome.NOT_MADE for check in self.checks)


def merged(reports: Iterable[Report]) -> Report:
    """One report of several, in their order."""
    each = list(reports)
    return Report(
        tuple(check for report in each for check in report.checks),
        tuple(signer for report in each for signer in report.signers),
    )


def packed(report: Report) -> dict[str, object]:
    """As plain values, for the way from a confined process."""
    signers = [
        {**asdict(each), "signed_at": each.signed_at.isoformat() if each.signed_at else ""}
        for each in report.signers
    ]
    return {"checks": [asdict(each) for each in report.checks], "signers": signers}


def unpacked(values: Mapping[str, Any]) -> Report:
    """Raises KeyError, TypeError or ValueError for what is no report."""
    return Report(
        tuple(Check(str(one["key"]), Outcome(one["outcome"]), str(one["sentence"])) for one in values["checks"]),
        tuple(Signer(str(one["name"]), str(one["identity"]), _moment(one)) for one in values["signers"]),
    )


def _moment(signer: Mapping[str, Any]) -> datetime | None:
    return datetime.fromisoformat(signer["signed_at"]) if signer["signed_at"] else None
