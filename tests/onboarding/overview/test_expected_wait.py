"""How long a wait usually takes is said from what the journal saw, and only once it saw enough."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from journal.parties import Party
from onboarding.actor import IYS, Actor
from onboarding.business_days import business_days_between
from onboarding.models import Application
from onboarding.overview import expected_wait
from onboarding.steps import STATUS_QUERY
from onboarding.transitions import perform
from tenancy.roles import Role
from tests.scenarios.factories import open_application

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_nothing_is_said_before_there_were_enough_cases() -> None:
    assert expected_wait.usual([3] * 19, enough=20) is None
    assert expected_wait.usual([3] * 20, enough=20) == 3
    assert expected_wait.usual([], enough=0) is None


def test_the_middle_counts_and_not_the_one_case_that_took_for_ever() -> None:
    assert expected_wait.usual([1, 2, 2, 3, 250], enough=5) == 2
    assert expected_wait.usual([2, 4], enough=2) == 4, "a promise is kept rather late than early"
    assert expected_wait.usual([0, 0, 0], enough=3) == 1


def waiting(since: datetime) -> Application:
    """An application that İYS has had since then."""
    application = open_application()
    application.records.filter(step="pre_application").update(state="sent", turn="")
    application.records.filter(step="status_query").update(state="waiting", turn="iys", since=since)
    return application


@pytest.mark.django_db
def test_a_wait_is_counted_when_it_ends_and_only_in_its_own_state() -> None:
    since = timezone.now() - timedelta(days=14)
    application = waiting(since)
    took = business_days_between(timezone.localdate(since), timezone.localdate())
    perform(application=application, step=STATUS_QUERY, move="received", actor=IYS)
    perform(application=application, step=STATUS_QUERY, move="received", actor=IYS)
    assert expected_wait.ended_waits("status_query", "waiting") == [took]
    assert expected_wait.ended_waits("status_query", "received") == [], "it is still being waited for"
    perform(application=application, step=STATUS_QUERY, move="approve", actor=IYS)
    assert expected_wait.ended_waits("status_query", "received") == [0]
    assert expected_wait.ended_waits("package_contract", "waiting") == []


@pytest.mark.django_db
def test_a_withdrawal_says_nothing_of_how_long_iys_takes() -> None:

    application = waiting(timezone.now() - timedelta(days=30))
    owner = Actor(Party.COMPANY, role=Role.OWNER)
    perform(application=application, step=STATUS_QUERY, move="withdraw", actor=owner, reason="Vazgeçtik")
    assert expected_wait.ended_waits("status_query", "waiting") == []


@pytest.mark.django_db
def test_twenty_finished_cases_make_a_sentence_and_it_is_looked_up_once(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    for _case in range(20):
        application = waiting(timezone.now() - timedelta(days=7))
        perform(application=application, step=STATUS_QUERY, move="received", actor=IYS)
    days = expected_wait.business_days("status_query", "waiting", "iys")
    assert days in (3, 4, 5), "a week, less its holidays"
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert expected_wait.business_days("status_query", "waiting", "iys") == days
        assert expected_wait.business_days("status_query", "waiting", "company") is None


@pytest.mark.django_db
def test_the_sentence_counts_down_and_admits_when_it_was_wrong() -> None:
    cache.set("usual-wait:status_query:waiting", 3, 60)

    def said(days: int) -> str:
        now = MONDAY + timedelta(days=days)
        return expected_wait.sentence("status_query", "waiting", "iys", MONDAY, now)

    assert said(0) == "Yaklaşık 3 iş günü içinde bekleniyor."
    assert said(2) == "Yaklaşık 1 iş günü içinde bekleniyor."
    assert said(3) == "Genellikle yaklaşık 3 iş günü sürer; bu kez daha uzun sürüyor."
    cache.set("usual-wait:status_query:waiting", 0, 60)
    assert said(0) == ""
