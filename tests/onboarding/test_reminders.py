from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from correspondence.models import Letter
from journal.models import Entry, Event
from onboarding import reminders
from onboarding.business_days import business_days_between, is_business_day
from onboarding.machine import Party
from onboarding.models import Onboarding
from onboarding.steps import PRE_APPLICATION
from onboarding.transitions import Actor, perform
from tests.factories import open_attempt

ISTANBUL = ZoneInfo("Europe/Istanbul")
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=ISTANBUL)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 11, 2), date(2026, 11, 2), 0),
        (date(2026, 11, 2), date(2026, 11, 5), 3),
        (date(2026, 11, 6), date(2026, 11, 9), 1),
        (date(2026, 10, 28), date(2026, 10, 30), 1),
        (date(2026, 11, 9), date(2026, 11, 2), 0),
    ],
    ids=["same day", "midweek", "over a weekend", "Republic Day", "backwards"],
)
def test_business_days(start: date, end: date, days: int) -> None:
    assert business_days_between(start, end) == days


def test_holidays_and_their_eves_are_no_business_days() -> None:
    assert not is_business_day(date(2026, 10, 28))
    assert not is_business_day(date(2026, 10, 29))
    assert is_business_day(date(2026, 10, 30))


@pytest.fixture
def waiting(db: None) -> Onboarding:
    """An attempt whose company has had the turn since that Monday."""
    attempt = open_attempt()
    attempt.records.update(since=MONDAY)
    return attempt


def test_nobody_is_reminded_before_the_third_business_day(waiting: Onboarding) -> None:
    assert reminders.send_due(now=MONDAY + timedelta(days=2)) == 0


def test_a_slot_is_used_once(waiting: Onboarding) -> None:
    now = MONDAY + timedelta(days=3)
    assert reminders.send_due(now=now) == 1
    assert reminders.send_due(now=now) == 0
    assert Letter.objects.get().to == [waiting.company.members.get().email]
    assert Entry.objects.filter(event=Event.REMINDED).count() == 1


def test_reminders_come_again_and_end(waiting: Onboarding) -> None:
    sent = sum(reminders.send_due(now=MONDAY + timedelta(days=day)) for day in range(90))
    assert sent == reminders.RULES[0].at_most


def test_a_held_step_is_not_reminded_of(waiting: Onboarding) -> None:
    perform(onboarding=waiting, step=PRE_APPLICATION, move="hold", actor=Actor(Party.STAFF), reason="Telefonda")
    assert reminders.send_due(now=timezone.now() + timedelta(days=30)) == 0


def test_the_dry_run_says_who_and_why_and_posts_nothing(waiting: Onboarding) -> None:
    waiting.records.update(since=timezone.now() - timedelta(days=30))
    out = StringIO()
    call_command("remind", "--dry-run", stdout=out)
    assert waiting.company.trade_name in out.getvalue()
    assert "iş günüdür" in out.getvalue()
    assert not Letter.objects.exists()
    call_command("remind", stdout=out)
    assert Letter.objects.count() == 1
