"""When people are written to by themselves, and how long something holds that counts these hours alone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from limits import hours


def at(text: str) -> datetime:
    """In Turkey, in a week without feasts."""
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


@pytest.mark.parametrize(
    ("moment", "open_"),
    [("27 08:59", False), ("27 09:00", True), ("27 17:59", True), ("27 18:00", False), ("28 12:00", True)],
)
def test_the_hours_are_those_of_turkey_on_every_day(moment: str, open_: bool) -> None:
    assert hours.is_open(at(moment)) is open_
    assert hours.is_open(at(moment).astimezone(ZoneInfo("UTC"))) is open_


@pytest.mark.parametrize(
    ("moment", "span", "over"),
    [
        ("27 10:00", 2, "27 12:00"),
        ("27 16:00", 2, "27 18:00"),
        ("27 17:00", 6, "28 14:00"),
        ("27 03:00", 6, "27 15:00"),
        ("27 23:30", 6, "28 15:00"),
        ("27 10:00", 20, "29 12:00"),
    ],
)
def test_nights_do_not_count(moment: str, span: int, over: str) -> None:
    assert hours.later(at(moment), timedelta(hours=span)) == at(over)
