"""Waits of every kind, that began on a Monday without holidays near."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from correspondence.models import Audience, Letter, LetterStatus
from onboarding.machine import Step
from onboarding.models import Onboarding
from tests.onboarding.staff import at_iys

ISTANBUL = ZoneInfo("Europe/Istanbul")
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=ISTANBUL)


def business_days_later(days: int) -> datetime:
    """Ten in the morning, `days` business days after that Monday."""
    weeks, rest = divmod(days, 5)
    return MONDAY + timedelta(weeks=weeks, days=rest)


def began(attempt: Onboarding, step: Step | None = None, at: datetime = MONDAY) -> Onboarding:
    """The step's wait (every step's when none is named) began then."""
    records = attempt.records.filter(step=step.key) if step else attempt.records
    records.update(since=at)
    return attempt


def accepted(attempt: Onboarding, at: datetime = MONDAY) -> None:
    """The mail server has taken what was written to İYS."""
    letters = Letter.objects.filter(subject_id=attempt.pk, audience=Audience.IYS)
    letters.update(status=LetterStatus.SENT, sent_at=at, told_at=at)


def iys_silent() -> Onboarding:
    """Step 2: İYS has had the application since that Monday."""
    attempt = at_iys()
    accepted(attempt)
    return began(attempt)
