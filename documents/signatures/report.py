"""What a verification found, line by line, for people. PURE."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    NOT_MADE = "not_made"  # could not be asked; a person has to


# The check that somebody who signs together has signed.
JOINT = "joint"


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
