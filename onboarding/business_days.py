"""Business days in Turkey. PURE.

Weekends and public holidays do not count. A half holiday (28 October, the eves of the two feasts) counts as a
whole day off: nobody answers in its one morning, and a reminder on it would read as a reproach.

What the calendar cannot know (a day of administrative leave, a Saturday that is worked) is in the rows of staff
(`onboarding.models.DayException`); whoever counts days brings them along.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

Exceptions = Mapping[date, bool]  # days that are not as the calendar has them: whether they are business days
NONE: Exceptions = MappingProxyType({})


@cache
def _days_off(year: int) -> frozenset[date]:
    # The package brings the calendars of the whole world: it is loaded when a day is first asked about.
    from holidays import country_holidays

    return frozenset(country_holidays("TR", years=year, categories=("public", "half_day")))


def is_business_day(day: date, exceptions: Exceptions = NONE) -> bool:
    told = exceptions.get(day)
    return told if told is not None else day.weekday() < 5 and day not in _days_off(day.year)


def business_days_between(start: date, end: date, exceptions: Exceptions = NONE) -> int:
    """How many business days have ended after `start`, up to and including `end`; 0 when end ≤ start."""
    days = (end - start).days
    return sum(is_business_day(start + timedelta(days=passed), exceptions) for passed in range(1, days + 1))


def last_start(today: date, waited: int, exceptions: Exceptions = NONE) -> date:
    """The latest day of which `waited` business days have passed by `today`: who began then or before is due."""
    day = today
    while waited:
        waited -= is_business_day(day, exceptions)
        day -= timedelta(days=1)
    return day


def passed_on(start: date, waited: int, exceptions: Exceptions = NONE) -> date:
    """The first day by which `waited` business days have passed since `start`; the other way of `last_start`."""
    day = start
    while waited:
        day += timedelta(days=1)
        waited -= is_business_day(day, exceptions)
    return day
