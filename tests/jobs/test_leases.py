"""One worker at a time goes to a mailbox or over a line; who dies keeps nobody out for long."""

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.db.models.functions import Now

from jobs import leases
from jobs.models import Lease
from tests.faults.world import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("postgresql")]


def beside(act: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def can_be_taken(name: str) -> bool:
    with leases.held(name) as mine:
        return mine


def test_the_second_is_told_and_the_first_goes_on() -> None:
    with leases.held("a") as first:
        assert first
        assert not can_be_taken("a")
        assert not can_be_taken("a"), "asking takes nothing away"
        assert can_be_taken("b"), "other work is free"
    assert can_be_taken("a")
    assert not Lease.objects.exists()


def test_of_many_at_once_one_gets_it() -> None:
    got: list[bool] = []
    start, end = threading.Barrier(8), threading.Barrier(8)

    def ask() -> None:
        start.wait()
        with leases.held("a") as mine:
            got.append(mine)
            end.wait()

    for thread in [beside(ask) for _number in range(8)]:
        thread.join(30)
    assert sorted(got) == [False] * 7 + [True]


def test_one_that_ran_out_goes_over_to_one_of_all_who_ask() -> None:
    Lease.objects.create(name="a", holder=uuid4(), until=Now() - timedelta(seconds=1))
    with ExitStack() as stack:
        got = [stack.enter_context(leases.held("a")) for _number in range(3)]
        assert got == [True, False, False]


def test_whoever_was_taken_over_takes_nothing_from_the_next() -> None:
    with leases.held("a"):
        Lease.objects.update(until=Now() - timedelta(seconds=1))
        with ExitStack() as stack:
            assert stack.enter_context(leases.held("a"))
            taken = Lease.objects.get()
    assert not Lease.objects.filter(holder=taken.holder).exists(), "it was given back by its own holder"

    with ExitStack() as stack:
        with leases.held("a"):
            Lease.objects.update(until=Now() - timedelta(seconds=1))
            assert stack.enter_context(leases.held("a"))
        assert not can_be_taken("a"), "the first ended, and the second still has it"


def test_work_that_lasts_keeps_its_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "LASTS", timedelta(seconds=4))
    monkeypatch.setattr(leases, "RENEWED", 0.3)
    with leases.held("a"):
        end = time.monotonic() + 8
        while time.monotonic() < end:
            assert not can_be_taken("a")
            time.sleep(0.1)
    assert can_be_taken("a")


def test_what_goes_wrong_at_work_gives_it_back() -> None:
    with pytest.raises(ValueError, match="kaza"), leases.held("a"):
        raise ValueError("kaza")
    assert can_be_taken("a")


def test_no_thread_and_no_line_stays_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "RENEWED", 0.05)
    before = threading.active_count()
    for _time in range(5):
        with leases.held("a"):
            time.sleep(0.12)
    until(lambda: threading.active_count() <= before, "the threads that renewed have ended")
    until(lambda: lines() == 1, "their lines to the database are closed")


class TestWord:
    """Who finds it taken leaves word, and who has it looks once more."""

    def test_who_came_meanwhile_is_not_left_waiting(self) -> None:
        asked: list[str] = []
        with leases.held("a", once_more=lambda: asked.append("first")) as first:
            with leases.held("a", once_more=lambda: asked.append("second")) as second:
                assert (first, second) == (True, False)
            assert asked == [], "it is in somebody's hands"
        assert asked == ["first"]
        assert not Lease.objects.exists()

    def test_where_nobody_came_nothing_is_done_again(self) -> None:
        asked: list[str] = []
        for _time in range(3):
            with leases.held("a", once_more=lambda: asked.append("again")):
                assert not can_be_taken("a"), "who leaves no word only asks"
        assert asked == []

    def test_word_of_before_is_not_taken_over(self) -> None:
        asked: list[str] = []
        Lease.objects.create(name="a", holder=uuid4(), until=Now() - timedelta(seconds=1), wanted=True)
        with leases.held("a", once_more=lambda: asked.append("again")) as mine:
            assert mine
        assert asked == [], "who has taken it over sees what was meant"

    def test_who_comes_as_it_is_given_back_takes_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        taken = leases._taken

        def too_late(mine: Lease) -> bool:
            monkeypatch.setattr(leases, "_taken", taken)
            return False  # and then the other one has given it back

        monkeypatch.setattr(leases, "_taken", too_late)
        with leases.held("a", once_more=lambda: None) as mine:
            assert mine


def lines() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        ((count,),) = cursor.fetchall()
    return int(count)
