"""The hours in which the portal writes to people by itself (REMINDER_HOURS, in Turkey's time): reminders, and SMS
that tell news. What somebody waits for, such as a code, goes at any hour."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone


def is_open(now: datetime) -> bool:
    """Whether it is one of these hours, on whatever day."""
    opens, closes = settings.REMINDER_HOURS
    return bool(opens <= timezone.localtime(now).time() < closes)


def later(now: datetime, span: timedelta) -> datetime:
    """When `span` is over if these hours alone count; what begins in the evening goes on in the morning."""
    opens, closes = settings.REMINDER_HOURS
    at = timezone.localtime(now)
    while True:
        begins = max(at, at.replace(hour=opens.hour, minute=opens.minute, second=0, microsecond=0))
        ends = at.replace(hour=closes.hour, minute=closes.minute, second=0, microsecond=0)
        if begins < ends and begins + span <= ends:
            return begins + span
        span -= max(ends - begins, timedelta(0))
        at = (at + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
