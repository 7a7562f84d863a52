"""How long a wait usually takes: the middle of what the journal saw, and nothing before it saw enough."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median_high

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from journal.models import Entry, Event
from journal.parties import Party
from onboarding.business_days import business_days_between
from onboarding.models import DayException
from onboarding.overview.waited import days_waited
from wall.crossings import Crossing
from wall.standing import crossing

LOOKED_AT = 200  # the newest waits: what İYS took years ago says little of today
KEPT_SECONDS = 3600
# The company's own turn takes as long as the company likes.
EXPECTED_OF = frozenset({Party.IYS, Party.STAFF})


def usual(waits: Sequence[int], *, enough: int) -> int | None:
    """The middle of these waits in business days, at least 1; None when there are fewer than `enough`."""
    return max(1, median_high(waits)) if waits and len(waits) >= enough else None


def ended_waits(step: str, state: str) -> list[int]:
    """Business days that the newest finished waits in this state of this step took; one query."""
    moves = (
        Entry.objects.filter(event=Event.MOVED, step_key=step, data__left=state)
        .exclude(data__state__in=(state, "withdrawn"))
        .order_by("-pk")
    )
    with crossing(Crossing.USUAL_WAIT):
        return _days(moves.values_list("data__since", "at")[:LOOKED_AT])


def _days(waits: Iterable[tuple[str, datetime]]) -> list[int]:
    exceptions = DayException.objects.by_day()
    return [
        business_days_between(timezone.localdate(since), timezone.localdate(until), exceptions)
        for begun, until in waits
        if (since := parse_datetime(begun)) is not None
    ]


def business_days(step: str, state: str, turn: str) -> int | None:
    """How many business days this state usually lasts; None when nobody can say.

    Looked up once an hour, so that a page that shows it costs no query more.
    """
    if turn not in EXPECTED_OF:
        return None

    def look() -> int:
        return usual(ended_waits(step, state), enough=settings.EXPECTATION_CASES) or 0

    return cache.get_or_set(f"usual-wait:{step}:{state}", look, KEPT_SECONDS) or None


def sentence(step: str, state: str, turn: str, since: datetime, now: datetime) -> str:
    """When to expect the end of this wait, for a screen; empty when nobody can say."""
    days = business_days(step, state, turn)
    if days is None:
        return ""
    left = days - days_waited([since], now)[0]
    if left > 0:
        return f"Yaklaşık {left} iş günü içinde bekleniyor."
    return f"Genellikle yaklaşık {days} iş günü sürer; bu kez daha uzun sürüyor."
