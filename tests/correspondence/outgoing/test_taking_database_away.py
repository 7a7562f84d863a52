"""The database goes away between the taking of a letter and the writing down of what came of it."""

import threading
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import OperationalError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from correspondence.models import Letter, LetterStatus
from correspondence.models.sending import Pot
from correspondence.outgoing import control, delivery, settling
from journal.models import Event
from tenancy.models import User
from tests.correspondence.outgoing.outbox_full import (
    Line,
    attempts,
    counted,
    counted_today,
    many,
    outcomes,
    statuses,
)
from tests.scenarios.factories import CompanyFactory
from tests.scenarios.smtp_server import Server

pytestmark = pytest.mark.django_db(transaction=True)


def arrived(server: Server) -> list[str]:
    return [str(each["Message-ID"]) for each in server.messages]


COMMIT = "_commit"  # where Django asks for it
CONTROLS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


class Fault:
    """The database is away for some statements, once a letter has been handed over."""

    def __init__(self, passes: int, fails: int) -> None:
        self.passes, self.fails, self.armed = passes, fails, False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.armed and not sql.startswith(CONTROLS):
            if self.passes:
                self.passes -= 1
            elif self.fails:
                self.fails -= 1
                raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)


def arm(fault: Fault) -> None:
    fault.armed = True


def runs() -> None:
    """A worker's turn: whatever the database does to it, the next one comes."""
    with suppress(OperationalError):
        delivery.deliver()


@pytest.mark.parametrize(("passes", "fails"), [*((passes, 1) for passes in range(12)), (0, 2), (4, 2)])
def test_what_came_of_a_letter_is_written_down_once_the_database_is_back(
    server: Server, line: Line, passes: int, fails: int
) -> None:
    letters = many(3)
    fault = Fault(passes, fails)
    line.once_handed_over(letters[0], lambda: arm(fault))
    with connection.execute_wrapper(fault):
        runs()
        runs()
    assert sorted(arrived(server)) == sorted(each.message_id for each in letters)
    assert statuses(letters) == ["sent"] * 3
    assert attempts(letters) == [1] * 3
    assert [outcomes(each) for each in letters] == [[Event.LETTER_SENT]] * 3
    assert not Letter.objects.exclude(doubted_at=None).exists()
    assert (counted_today(), counted("letters.company.day")) == (3, 3)


@pytest.mark.parametrize("passes", range(7))
def test_a_letter_in_hand_goes_although_the_next_cannot_be_looked_for(
    server: Server, line: Line, passes: int
) -> None:
    """The database is away from some statement after the putting together: of the taking, or of the next look."""
    (letter,) = many(1)
    fault = Fault(passes, 1)
    line.once_put_together(letter, lambda: arm(fault))
    with connection.execute_wrapper(fault):
        runs()
        runs()
    assert arrived(server) == [letter.message_id]
    assert (statuses([letter]), attempts([letter]), outcomes(letter)) == (["sent"], [1], [Event.LETTER_SENT])
    assert (counted_today(), counted("letters.company.day")) == (1, 1)


@pytest.mark.parametrize("answer", ["451 later", "550 no"])
@pytest.mark.parametrize("passes", range(6))
def test_a_refusal_too_is_written_down_once_the_database_is_back(
    server: Server, monkeypatch: pytest.MonkeyPatch, answer: str, passes: int
) -> None:
    letters = many(2)
    server.answers[letters[0].subject] = answer
    fault = Fault(passes, 1)
    refused = type(server).handle_DATA

    async def arms(self: Server, smtp: Any, session: Any, envelope: Any) -> str:
        fault.armed = True
        return await refused(self, smtp, session, envelope)

    monkeypatch.setattr(type(server), "handle_DATA", arms)
    with connection.execute_wrapper(fault):
        runs()
        runs()
    left = {"451 later": ("queued", []), "550 no": ("failed", [Event.LETTER_FAILED])}[answer]
    assert statuses(letters) == [left[0], "sent"]
    assert attempts(letters) == [1, 1]
    assert [outcomes(each) for each in letters] == [left[1], [Event.LETTER_SENT]]
    assert (counted_today(), counted("letters.company.day")) == (2, 2)


@pytest.mark.parametrize("applied", [True, False])
def test_a_commit_whose_answer_is_lost_doubles_nothing_and_loses_nothing(
    server: Server, line: Line, monkeypatch: pytest.MonkeyPatch, applied: bool
) -> None:
    letters = many(3)
    commit, state = getattr(connection, COMMIT), {"armed": False}

    def breaks_off() -> None:
        if not state["armed"]:
            commit()
            return
        state["armed"] = False
        if applied:
            commit()
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(connection, COMMIT, breaks_off)
    line.once_handed_over(letters[0], lambda: state.update(armed=True))
    runs()
    runs()
    # What was taken by a sender that does not know it goes when its time is over.
    Letter.objects.filter(status=LetterStatus.SENDING).update(lease_until=timezone.now() - timedelta(seconds=1))
    runs()
    assert sorted(arrived(server)) == sorted(each.message_id for each in letters)
    assert statuses(letters) == ["sent"] * 3
    assert [outcomes(each) for each in letters] == [[Event.LETTER_SENT]] * 3


def test_who_was_away_longer_than_a_letter_is_lent_still_says_what_came_of_it(server: Server, line: Line) -> None:
    """The database comes back, and another sender looks for what was abandoned before this one is heard."""
    letters = many(2)

    def others_come_first() -> None:
        Letter.objects.filter(pk=letters[0].pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        settling.take_up_abandoned()

    line.once_handed_over(letters[0], others_come_first)
    runs()
    runs()
    assert arrived(server) == [each.message_id for each in letters]
    assert [outcomes(each) for each in letters] == [[Event.LETTER_SENT]] * 2


def abandoned_ones_go_again() -> None:
    Letter.objects.filter(status=LetterStatus.SENDING).update(lease_until=timezone.now() - timedelta(seconds=1))
    runs()


@pytest.fixture
def told(support: User) -> User:
    """Is told when a cap is reached."""
    support.user_permissions.set(Permission.objects.filter(codename="hold_sending"))
    return support


@pytest.mark.usefixtures("told")
def test_a_cap_of_which_nobody_can_be_told_undoes_no_outcome(
    server: Server, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next letter meets the cap, and what staff are told cannot be written: what was sent before is sent."""
    letters = many(2)
    with monkeypatch.context() as patch, override_settings(LETTERS_PER_DAY=1):
        tries = []

        def away(*_args: object, **_more: object) -> None:
            tries.append("cap")
            raise OSError("what letters are made of is away")

        line.once_handed_over(letters[0], lambda: patch.setattr(control, "post_to_staff", away))
        delivery.deliver()
        assert tries == ["cap"]
        assert statuses(letters) == ["sent", "queued"]
    abandoned_ones_go_again()
    assert arrived(server).count(letters[0].message_id) == 1
    assert outcomes(letters[0]) == [Event.LETTER_SENT]


@pytest.mark.usefixtures("told", "postgresql")
def test_two_senders_that_tell_of_a_cap_at_once_undo_no_outcome(
    server: Server, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = many(2)
    create = Letter.objects.create
    elsewhere: list[threading.Thread] = []

    def tell_elsewhere() -> None:
        try:
            control.tell_of_cap(Pot.ORDINARY)
        finally:
            connection.close()

    def another_is_quicker(**fields: Any) -> Letter:
        if not elsewhere:
            elsewhere.append(threading.Thread(target=tell_elsewhere))
            elsewhere[0].start()
            elsewhere[0].join(60)
        return create(**fields)

    def meet() -> None:
        monkeypatch.setattr(Letter.objects, "create", another_is_quicker)

    line.once_handed_over(letters[0], meet)
    with override_settings(LETTERS_PER_DAY=1):
        delivery.deliver()
        assert len(elsewhere) == 1
        assert statuses(letters) == ["sent", "queued"]
        abandoned_ones_go_again()
    assert arrived(server).count(letters[0].message_id) == 1
    assert outcomes(letters[0]) == [Event.LETTER_SENT]


@pytest.mark.parametrize("how", ["hold", "quota"])
def test_what_a_sender_does_is_seen_by_the_next_at_once(
    server: Server, line: Line, support: User, how: str
) -> None:
    """While a letter is on the line nothing that was done before is still open."""
    letters = many(2, CompanyFactory.create())
    seen: list[object] = []

    def look() -> None:
        seen.append(connection.in_atomic_block)
        with transaction.atomic():
            if how == "hold":
                control.hold(letter=letters[1], reason="dur", by=support)
            else:
                seen.append(counted("letters.company.day"))

    line.while_handing_over(letters[0], look)
    delivery.deliver()
    assert seen == ([False] if how == "hold" else [False, 1])
