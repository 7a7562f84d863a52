"""Waits of every kind, that began on a Monday without holidays near."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from correspondence.models import Audience, Letter, LetterStatus
from onboarding.machine import Step
from onboarding.models import Application
from tests.scenarios.ladder import at_iys

ISTANBUL = ZoneInfo("Europe/Istanbul")
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=ISTANBUL)


def business_days_later(days: int) -> datetime:
    """Ten in the morning, `days` business days after that Monday."""
    weeks, rest = divmod(days, 5)
    return MONDAY + timedelta(weeks=weeks, days=rest)


def began(application: Application, step: Step | None = None, at: datetime = MONDAY) -> Application:
    """The step's wait (every step's when none is named) began then."""
    records = application.records.filter(step=step.key) if step else application.records
    records.update(since=at)
    return application


def accepted(application: Application, at: datetime = MONDAY) -> None:
    """The mail server has taken what was written to İYS."""
    letters = Letter.objects.filter(application_id=application.pk, audience=Audience.IYS)
    letters.update(status=LetterStatus.SENT, sent_at=at, outcome_handled_at=at)


def iys_silent() -> Application:
    """Step 2: İYS has had the application since that Monday."""
    application = at_iys()
    accepted(application)
    return began(application)
