"""For how long somebody has waited, in business days, as the reminders count them."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from onboarding.business_days import business_days_between
from onboarding.models import DayException


def days_waited(since: Iterable[datetime], now: datetime) -> list[int]:
    """Business days since each of these moments; asks the database once, and not at all on the day itself."""
    today, began = timezone.localdate(now), [timezone.localdate(each) for each in since]
    exceptions = DayException.objects.by_day() if any(day < today for day in began) else {}
    return [business_days_between(day, today, exceptions) for day in began]


def in_words(days: int) -> str:
    return f"{days} iş günü" if days else "bugün"
