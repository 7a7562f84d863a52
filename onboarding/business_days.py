"""Business days in Turkey. PURE.

Weekends and public holidays do not count. A half holiday (28 October, the eves of the two feasts) counts as a
whole day off: nobody answers in its one morning, and a reminder on it would read as a reproach.
"""

from datetime import date, timedelta
from functools import cache


@cache
def _days_off(year: int) -> frozenset[date]:
    # The package brings the calendars of the whole world: it is loaded when a day is first asked about.
    from holidays import country_holidays

    return frozenset(country_holidays("TR", years=year, categories=("public", "half_day")))


def is_business_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _days_off(day.year)


def business_days_between(start: date, end: date) -> int:
    """How many business days have ended after `start`, up to and including `end`; 0 when end ≤ start."""
    days = (end - start).days
    return sum(is_business_day(start + timedelta(days=passed)) for passed in range(1, days + 1))


def last_start(today: date, waited: int) -> date:
    """The latest day of which `waited` business days have passed by `today`: who began then or before is due."""
    day = today
    while waited:
        waited -= is_business_day(day)
        day -= timedelta(days=1)
    return day
