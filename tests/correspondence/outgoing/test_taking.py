"""Between the look at what is due and the taking of a letter, others act: then it does not go as it was."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from correspondence.models import Letter
from correspondence.models.sending import SendingHold
from correspondence.outgoing import control, delivery
from journal.models import Event
from tenancy.models import User
from tests.correspondence.outgoing.meanwhile import ACTS, EFE, MOMENTS, Row, at, hold_all
from tests.correspondence.outgoing.outbox_full import (
    Line,
    attempts,
    counted,
    counted_today,
    entries,
    many,
    now,
    outcomes,
    quotas,
    statuses,
)
from tests.scenarios.smtp_server import Server

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("name", ACTS)
def test_a_letter_that_others_saw_to_meanwhile_does_not_go(
    server: Server, line: Line, row: Row, support: User, name: str, moment: str
) -> None:
    act, status, tried = ACTS[name]
    at(moment, line, row, lambda: act(row, support))
    delivery.deliver()
    assert now(row.middle).status in {status, "queued"}
    delivery.deliver()
    assert sorted(server.titles) == [row.first.subject, row.last.subject]
    assert statuses([row.first, row.middle, row.last]) == ["sent", status, "sent"]
    assert attempts([row.first, row.middle, row.last]) == [1, tried, 1]
    assert (counted_today(), counted("letters.company.day"), counted("letters.partner.day")) == (2, 2, 2)
    assert [outcomes(row.first), outcomes(row.last)] == [[Event.LETTER_SENT]] * 2
    assert outcomes(row.middle) == ([Event.LETTER_SENT] if name == "marked as sent" else [])
    assert entries(row.middle, Event.LETTER_HELD) == (1 if status == "held" else 0)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("name", ["held", "taken by another", "address held"])
def test_what_is_not_taken_leaves_its_room_to_the_next(
    server: Server, line: Line, row: Row, support: User, name: str, moment: str
) -> None:
    act, _status, _tried = ACTS[name]
    Letter.objects.filter(pk__in=[row.first.pk, row.last.pk]).update(company=row.company)
    at(moment, line, row, lambda: act(row, support))
    with quotas(letters__company__day=2, letters__partner__day=2), override_settings(LETTERS_PER_DAY=2):
        delivery.deliver()
        delivery.deliver()
    assert sorted(server.titles) == [row.first.subject, row.last.subject]
    assert (counted_today(), counted("letters.company.day"), counted("letters.partner.day")) == (2, 2, 2)


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_others_put_off_is_not_called_back_by_a_quota(
    server: Server, line: Line, row: Row, moment: str
) -> None:
    """Its company has used up the day: the quota would have it wait until tomorrow, another says three days."""
    in_three_days = timezone.now() + timedelta(days=3)
    Letter.objects.filter(pk=row.first.pk).update(company=row.company)
    put_off = {"due_at": in_three_days, "attempts": 1, "smtp_answer": "451 üç gün sonra"}
    at(moment, line, row, lambda: Letter.objects.filter(pk=row.middle.pk).update(**put_off))
    with quotas(letters__company__day=1):
        delivery.deliver()
    assert statuses([row.first, row.middle, row.last]) == ["sent", "queued", "sent"]
    assert (row.middle.due_at, row.middle.smtp_answer) == (in_three_days, "451 üç gün sonra")


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("who", ["everybody", "partner", "address", "domain"])
def test_a_hold_in_the_middle_stops_the_rest_until_it_is_lifted(
    server: Server, line: Line, row: Row, support: User, who: str, moment: str
) -> None:
    rest = many(12, row.company, key="kalan", to=[EFE])
    target = {"address": EFE, "domain": "@liman.example"}.get(who, "")
    act = hold_all(target, of_partner=who == "partner")
    at(moment, line, row, lambda: act(row, support))
    delivery.deliver()
    delivery.deliver()
    gone = {letter.subject for letter in [row.middle, *rest]} & set(server.titles)
    assert gone == set()
    if who == "everybody":
        # Who is being handed over when the hold begins may go; nobody after it.
        assert set(server.titles) <= {row.first.subject}
    else:
        assert sorted(server.titles) == sorted([row.first.subject, row.last.subject])
    assert set(attempts([row.middle, *rest])) == {0}
    assert counted_today() == len(server.mails)
    assert counted("letters.company.day") == len(server.mails)
    control.lift(sending_hold=SendingHold.objects.get(), by=support)
    delivery.deliver()
    assert len(server.mails) == 15
    assert len({str(each["Message-ID"]) for each in server.messages}) == 15
    assert counted_today() == 15
    assert all(outcomes(letter) == [Event.LETTER_SENT] for letter in [row.first, row.middle, row.last, *rest])


def test_a_hold_that_was_lifted_within_the_batch_lets_go(
    server: Server, line: Line, row: Row, support: User
) -> None:
    order = {}

    def hold() -> None:
        order["is"] = control.hold_sending(partner=None, target="", reason="dur", by=support)

    line.while_handing_over(row.first, hold)
    line.once_handed_over(row.first, lambda: control.lift(sending_hold=order["is"], by=support))
    delivery.deliver()
    delivery.deliver()
    assert server.titles == [row.first.subject, row.middle.subject, row.last.subject]
