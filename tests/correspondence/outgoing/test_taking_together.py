"""Several senders at once, people who act while letters go, and a database that goes away in between."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from correspondence.outgoing import control, delivery
from journal import entries as entries_of_journal
from journal.models import Event
from tenancy.models import User
from tests.correspondence.outgoing.outbox_full import (
    Line,
    attempts,
    counted,
    counted_today,
    entries,
    in_parts,
    many,
    outcomes,
    quotas,
    statuses,
)
from tests.scenarios.smtp_server import Server
from tests.scenarios.waiting import somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)
BOUND = 60  # seconds, after which a test has hung


class Others:
    """Work in threads with connections of their own, and what came of it."""

    def __init__(self) -> None:
        self.came: list[Any] = []
        self.threads: list[threading.Thread] = []

    def begin(self, act: Callable[[], object]) -> None:
        def run() -> None:
            try:
                self.came.append(act())
            except Exception as error:  # noqa: BLE001
                self.came.append(error)
            finally:
                connection.close()

        self.threads.append(threading.Thread(target=run, daemon=True))
        self.threads[-1].start()

    def end(self) -> list[Any]:
        for thread in self.threads:
            thread.join(BOUND)
        assert not any(thread.is_alive() for thread in self.threads)
        return self.came


def arrived(server: Server) -> list[str]:
    return [str(each["Message-ID"]) for each in server.messages]


@pytest.mark.usefixtures("postgresql")
@pytest.mark.parametrize("companies", [1, 3])
def test_several_senders_send_everything_once(server: Server, companies: int) -> None:
    letters = [each for number in range(companies) for each in many(120 // companies, key=f"firma {number}")]
    parts = in_parts(5)
    others = Others()
    for _sender in range(4):
        others.begin(delivery.deliver)
    came = others.end()
    assert all(isinstance(each, int) for each in came), came
    came.append(delivery.deliver())
    assert sum(came) == 125
    assert sorted(arrived(server)) == sorted(each.message_id for each in [*letters, *parts])
    assert set(statuses([*letters, *parts])) == {"sent"}
    assert set(attempts([*letters, *parts])) == {1}
    assert all(outcomes(each) == [Event.LETTER_SENT] for each in [*letters, *parts])
    assert [title for title in server.titles if title.startswith("bölüm")] == [each.subject for each in parts]
    assert (counted_today(), counted("letters.company.day")) == (125, 125)


@pytest.mark.usefixtures("postgresql")
@pytest.mark.parametrize("which", ["day", "company"])
def test_several_senders_keep_the_cap_together(server: Server, which: str) -> None:
    letters = many(80)
    day = {"LETTERS_PER_DAY": 51} if which == "day" else {}
    with quotas(letters__company__day=51 if which == "company" else 1000), override_settings(**day):
        others = Others()
        for _sender in range(4):
            others.begin(delivery.deliver)
        came = others.end()
        assert all(isinstance(each, int) for each in came), came
    assert (sum(came), len(set(arrived(server))), len(server.mails)) == (51, 51, 51)
    assert sorted(statuses(letters)) == ["queued"] * 29 + ["sent"] * 51
    assert (counted_today(), counted("letters.company.day")) == (51, 51)


@pytest.mark.usefixtures("postgresql")
@pytest.mark.parametrize("moment", ["on the line", "put together"])
def test_a_sender_that_is_slow_keeps_nothing_from_the_others(server: Server, line: Line, moment: str) -> None:
    """It has looked at all of them; what it has not taken is everybody's."""
    letters = many(10)
    stuck, go_on = threading.Event(), threading.Event()

    def waits() -> None:
        stuck.set()
        go_on.wait(BOUND)

    if moment == "on the line":
        line.while_handing_over(letters[0], waits)
    else:
        line.once_put_together(letters[0], waits)
    others = Others()
    others.begin(delivery.deliver)
    assert stuck.wait(BOUND)
    sent = delivery.deliver()
    go_on.set()
    assert (sent, others.end()) == ((9, [1]) if moment == "on the line" else (10, [0]))
    assert sorted(arrived(server)) == sorted(each.message_id for each in letters)
    assert set(attempts(letters)) == {1}
    assert (counted_today(), counted("letters.company.day")) == (10, 10)


@pytest.mark.usefixtures("postgresql")
def test_whoever_holds_a_letter_while_the_one_before_goes_is_not_shut_out(
    server: Server, line: Line, support: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Staff have the letter's row and want the journal, in which the sender is just writing."""
    letters = many(3)
    swapped, others = threading.Event(), Others()
    write = entries_of_journal.write

    def writes_late(**what: Any) -> Any:
        if threading.current_thread() in others.threads:
            swapped.set()
            end = time.monotonic() + 2
            while time.monotonic() < end and not somebody_waits() and arrived(server) == [letters[0].message_id]:
                time.sleep(0.01)
        return write(**what)

    monkeypatch.setattr(control, "write", writes_late)

    def hold() -> None:
        others.begin(lambda: control.hold(letter=letters[1], reason="dur", by=support))
        assert swapped.wait(BOUND)

    line.once_handed_over(letters[0], hold)
    assert delivery.deliver() == 2
    assert others.end() == [None]
    assert statuses(letters) == ["sent", "held", "sent"]
    assert [outcomes(each) for each in letters] == [[Event.LETTER_SENT], [], [Event.LETTER_SENT]]
    assert entries(letters[1], Event.LETTER_HELD) == 1
    assert (counted_today(), counted("letters.company.day")) == (2, 2)


@pytest.mark.usefixtures("postgresql")
def test_staff_who_hold_and_release_all_the_while_neither_lose_nor_double_a_letter(
    server: Server, support: User
) -> None:
    letters = many(60)
    done = threading.Event()

    def meddle() -> int:
        errors = 0
        while not done.is_set():
            for letter in letters[::7]:
                try:
                    control.hold(letter=letter, reason="dur", by=support)
                    control.release(letter=letter, by=support)
                except control.NotNow:
                    errors += 1
        return errors

    def send() -> int:
        return delivery.deliver()

    meddlers, senders = Others(), Others()
    for _person in range(2):
        meddlers.begin(meddle)
    for _sender in range(2):
        senders.begin(send)
    came = senders.end()
    done.set()
    people = meddlers.end()
    assert all(isinstance(each, int) for each in [*came, *people]), [*came, *people]
    rest = delivery.deliver()
    assert sum(came) + rest == 60
    assert sorted(arrived(server)) == sorted(each.message_id for each in letters)
    assert all(outcomes(each) == [Event.LETTER_SENT] for each in letters)
