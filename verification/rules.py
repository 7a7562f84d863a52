"""How a one-time code lives: how long it holds, how often it may be tried, when another may be asked for. PURE."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Of every code of the portal; django-allauth is told so too (ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT).
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Rules:
    """`lives` is how long a code holds; `resends` may follow the first code within one `series`."""

    digits: int
    lives: timedelta
    attempts: int
    gap: timedelta
    resends: int
    series: timedelta = timedelta(hours=1)


class Verdict(StrEnum):
    """What becomes of a code that somebody typed."""

    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"
    SPENT = "spent"


def judge(*, right: bool, attempts: int, expires_at: datetime, now: datetime, rules: Rules) -> Verdict:
    """`attempts` were made before this one. A code that is spent or too old is not even compared."""
    if now >= expires_at:
        return Verdict.EXPIRED
    if attempts >= rules.attempts:
        return Verdict.SPENT
    return Verdict.RIGHT if right else Verdict.WRONG


@dataclass(frozen=True, slots=True)
class Next:
    """When another code may be asked for (None: now), and how many may still be."""

    at: datetime | None
    left: int


def following(sent: list[datetime], *, now: datetime, rules: Rules) -> Next:
    """`sent` are the moments of the codes so far, oldest first."""
    series = [moment for moment in sent if now - moment < rules.series]
    if not series:
        return Next(None, rules.resends + 1)
    left = rules.resends + 1 - len(series)
    if left <= 0:
        return Next(series[0] + rules.series, 0)
    at = series[-1] + rules.gap
    return Next(at if at > now else None, left)
