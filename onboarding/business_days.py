"""Business days in Turkey: weekends, public holidays and their half days do not count. PURE."""

from datetime import date, timedelta
from functools import cache

from holidays import country_holidays


@cache
def _days_off(year: int) -> frozenset[date]:
    return frozenset(country_holidays("TR", years=year, categories=("public", "half_day")))


def is_business_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _days_off(day.year)


def business_days_between(start: date, end: date) -> int:
    """How many business days have ended after `start`, up to and including `end`; 0 when end ≤ start."""
    days = (end - start).days
    return sum(is_business_day(start + timedelta(days=passed)) for passed in range(1, days + 1))
