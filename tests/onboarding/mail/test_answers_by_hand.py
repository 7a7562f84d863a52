"""What becomes of an answer that support has written to İYS by hand: no step moves, and none of its own letters is
mistaken for it. The answer itself: tests/onboarding/admin/test_reply_traps.py."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from correspondence.addresses import signed_address, tracking_address
from correspondence.models import Audience, Letter, LetterStatus, Mail, MailStatus
from correspondence.outgoing import control, delivery
from correspondence.outgoing.bodies import body_of
from documents import storage
from onboarding.applications import change_route, is_settled
from onboarding.evidence_pack import contents
from onboarding.gate import Route
from onboarding.mail import outcomes
from onboarding.models import Application
from onboarding.moving.doing import move
from onboarding.moving.preview import preview
from onboarding.reminders import sending
from onboarding.steps import PRE_APPLICATION
from onboarding.transitions import perform
from tests.mails import make
from tests.mails.machines import HEADERS, REPORT, report
from tests.onboarding.admin.test_mails import UNKNOWN, Seat, arrives, stored
from tests.onboarding.admin.test_replies import reply
from tests.onboarding.admin.test_reply_traps import TEXT, answers, asked, opened, states
from tests.scenarios import mails
from tests.scenarios.factories import PartnerFactory, UserFactory
from tests.scenarios.ladder import STAFF, at_iys, owner_of, submitted
from tests.scenarios.smtp_server import Server, running
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague
from tests.scenarios.waits import accepted, business_days_later, iys_silent
from tests.tenancy.test_memberships import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return at_iys()


@pytest.fixture
def seat(application: Application) -> Seat:
    return asked(application)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as found:
        yield found


def work() -> None:
    delivery.deliver()
    outcomes.handle_outcomes()


def test_a_paper_erased_while_the_answer_waits_does_not_let_it_go_without(
    application: Application, seat: Seat, server: Server
) -> None:
    paper = application.company.documents.of_kind("undertaking").get()
    reply(seat, documents=[str(paper.pk)])
    storage.erase(paper)
    before = states(application)
    work()
    assert states(application) == before
    assert TEXT not in "".join(str(each) for each in server.messages) or answers()[0].status != LetterStatus.SENT


def test_while_the_steps_own_letter_waits_the_answer_speaks_for_itself_alone(server: Server) -> None:
    application = submitted()
    seat = asked(application)
    perform(application=application, step=PRE_APPLICATION, move="approve", actor=STAFF)
    own = Letter.objects.get(application_id=application.pk, audience=Audience.IYS)
    control.hold(letter=own, reason="İYS aradı", by=seat.user)
    outcomes.handle_outcomes()
    before = states(application)
    reply(seat)
    work()
    assert [(letter.status, letter.step_key) for letter in answers()] == [(LetterStatus.SENT, "pre_application")]
    assert states(application) == before
    control.release(letter=own, by=seat.user)
    work()
    assert application.records.get(step="pre_application").state == "sent"


@pytest.mark.parametrize("by", ["cancel", "hold", "fail", "retry", "bounce"])
def test_whatever_becomes_of_it_no_step_moves(
    application: Application, seat: Seat, server: Server, by: str
) -> None:
    Letter.objects.filter(audience=Audience.IYS).update(
        status=LetterStatus.SENT, outcome_handled_at=timezone.now()
    )
    reply(seat)
    before, letter = states(application), answers()[0]
    if by in ("cancel", "hold"):
        getattr(control, by)(letter=letter, reason="Gerek kalmadı", by=seat.user)
    if by in ("fail", "retry"):
        server.answer = "550 policy"
        work()
        assert answers()[0].status == LetterStatus.FAILED
    if by == "retry":
        server.answer = "250 OK"
        control.retry(letter=answers()[0], by=seat.user)
    work()
    if by == "bounce":
        comes_back(letter)
        assert answers()[0].bounced_at is not None
    assert states(application) == before
    assert len(answers()) == 1


def comes_back(letter: Letter) -> Mail:
    head = (
        f"Return-Path: <>\nDelivered-To: {signed_address(letter.pk)}\nFrom: mailer-daemon@mx.portal.example\n"
        f"Message-ID: <{uuid4()}@mx>\n{REPORT}\n"
    )
    return stored((head + report("failed", HEADERS)).replace(make.LETTER_A, letter.message_id).encode())


@pytest.mark.parametrize("fails", [False, True])
def test_the_steps_letter_posted_again_after_an_answer_is_the_steps(server: Server, fails: bool) -> None:
    application = submitted()
    seat = asked(application)
    perform(application=application, step=PRE_APPLICATION, move="approve", actor=STAFF)
    server.answer = "550 policy"
    work()
    server.answer = "550 policy" if fails else "250 OK"
    reply(seat)
    work()
    assert application.records.get(step="pre_application").state == "send_failed"
    server.answer = "250 OK"
    perform(application=application, step=PRE_APPLICATION, move="send_again", actor=STAFF)
    work()
    assert application.records.get(step="pre_application").state == "sent"
    own = Letter.objects.filter(audience=Audience.IYS, by_hand=False, status=LetterStatus.SENT)
    assert own.count() == 1
    assert Letter.objects.get(by_hand=True).status == (LetterStatus.FAILED if fails else LetterStatus.SENT)


@pytest.mark.parametrize("said", [mails.APPROVED, mails.CHANGES, mails.RECEIVED])
@pytest.mark.parametrize(
    ("answers_to", "follows"), [("{mine}", ""), ("", "{own} {mine}"), ("{mine}", "{own} {mine}")]
)
def test_what_iys_says_to_the_answer_is_for_a_person(
    application: Application, seat: Seat, said: str, answers_to: str, follows: str
) -> None:
    own = Letter.objects.filter(audience=Audience.IYS)[0].message_id
    reply(seat)
    before, names = states(application), {"own": own, "mine": answers()[0].message_id}
    mail = arrives(
        said,
        to=tracking_address(application.company).email,
        in_reply_to=answers_to.format_map(names),
        References=follows.format_map(names),
    )
    assert (mail.status, states(application)) == (MailStatus.PERSON, before)


def test_what_iys_says_to_the_steps_own_letter_is_applied_as_ever(application: Application, seat: Seat) -> None:
    own = Letter.objects.filter(audience=Audience.IYS)[0].message_id
    reply(seat)
    mail = arrives(mails.RECEIVED, to=tracking_address(application.company).email, in_reply_to=own)
    assert mail.status == MailStatus.APPLIED


def test_what_iys_says_to_a_letter_of_the_step_after_the_answer_is_applied(application: Application) -> None:
    own = Letter.objects.filter(audience=Audience.IYS)[0]
    reply(asked(application))
    mine = answers()[0]
    later = Letter.objects.defer(None).get(pk=own.pk)
    later.pk, later.idempotency_key, later.message_group, later.message_id = uuid4(), "x", "x", "<spaeter@ours>"
    later.in_reply_to, later.references, later._state.adding = (
        mine.message_id, f"{own.message_id} {mine.message_id}", True,
    )  # fmt: skip
    later.save()
    mail = arrives(
        mails.RECEIVED,
        to=tracking_address(application.company).email,
        in_reply_to=later.message_id,
        References=f"{own.message_id} {mine.message_id} {later.message_id}",
    )
    assert mail.status == MailStatus.APPLIED


def test_a_silent_iys_is_reminded_of_the_steps_letter() -> None:
    application = iys_silent()
    own = Letter.objects.get(audience=Audience.IYS)
    reply(asked(application, subject="Bir soru"))
    at = business_days_later(4)
    Letter.objects.filter(by_hand=True).update(status=LetterStatus.SENT, created_at=at, sent_at=at)
    assert sending.send_due(now=business_days_later(6)) == 0, "İYS has just been answered"
    sending.send_due(now=business_days_later(12))
    reminder = Letter.objects.filter(audience=Audience.IYS, by_hand=False).exclude(pk=own.pk).get()
    assert reminder.subject == f"Ynt: {own.subject}"


def test_what_was_applied_wrongly_is_taken_back_though_an_answer_was_written(application: Application) -> None:
    seat = Seat(arrives(mails.RECEIVED, to=tracking_address(application.company).email))
    reply(seat)
    seat.act("geri-al", "Başka firmanın")
    assert application.records.get(step="status_query").state == "waiting"


def test_a_step_that_goes_on_recalls_its_own_letter_alone(server: Server) -> None:
    application = submitted()
    seat = asked(application)
    perform(application=application, step=PRE_APPLICATION, move="approve", actor=STAFF)
    server.answer = "550 policy"
    work()
    reply(seat)
    perform(application=application, step=PRE_APPLICATION, move="return_failed", actor=STAFF, reason="Eksik")
    own = Letter.objects.get(audience=Audience.IYS, by_hand=False)
    assert (own.status, answers()[0].status) == (LetterStatus.CANCELLED, LetterStatus.QUEUED)


def test_an_answer_alone_is_no_application_that_iys_knows(server: Server) -> None:
    application = submitted()
    reply(asked(application))
    work()
    assert answers()[0].status == LetterStatus.SENT
    assert not is_settled(application)


def test_iys_is_not_told_of_a_withdrawal_of_what_it_never_had(server: Server) -> None:
    application = submitted()
    reply(asked(application))
    work()
    perform(
        application=application, step=PRE_APPLICATION, move="withdraw", actor=owner_of(application), reason="Vaz"
    )
    assert Letter.objects.filter(audience=Audience.IYS, by_hand=False).count() == 0


def test_the_answer_waits_while_all_sending_is_held(seat: Seat, server: Server) -> None:
    held = control.hold_sending(partner=None, target="", reason="Bakım", by=seat.user)
    reply(seat)
    work()
    assert answers()[0].status == LetterStatus.QUEUED
    control.lift(sending_hold=held, by=seat.user)
    work()
    assert answers()[0].status == LetterStatus.SENT


def test_the_evidence_pack_has_what_was_asked_and_answered(application: Application, seat: Seat) -> None:
    reply(seat)
    packed = str(contents.messages(application)) + str(contents.history(application))
    assert TEXT in packed
    assert UNKNOWN in packed


def test_a_company_that_moved_is_answered_for_by_its_new_partner(application: Application, seat: Seat) -> None:
    Letter.objects.update(status=LetterStatus.SENT)
    to = PartnerFactory.create(
        is_default=False, name="Liman Mesaj", host_name="l.example", copy_address="iys@l.example"
    )
    there = Seat(seat.mail, colleague(*CORRESPONDENCE, *REVIEW, partner=to))
    shown = opened(seat)
    by = UserFactory.create(is_staff=True, is_superuser=True)
    move(company=application.company, to=to, said=preview(application.company, to).said, reason="İstedi", by=by)
    assert reply(seat, shown=shown).status_code == 404
    reply(there)
    assert (answers()[0].cc, "Liman Mesaj destek ekibi" in body_of(answers()[0]).text) == (["iys@l.example"], True)


def status_of(answer: Any) -> int:
    return int(answer.status_code)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql")
class TestAtOnce:
    def test_pressed_twice_at_once_it_goes_once(self) -> None:
        seat, key = asked(at_iys()), str(uuid4())
        again = Seat(seat.mail, seat.user)
        shown = opened(seat)
        press = [partial(reply, each, key=key, shown=shown) for each in (seat, again)]
        assert [status_of(each) for each in at_once(*press)] == [302, 302]
        assert len(answers()) == 1
        assert seat.now().status == MailStatus.ANSWERED

    def test_answered_while_it_is_filed_one_decision_stands_and_the_answer_goes_at_most_once(self) -> None:
        seat = asked(at_iys())
        shown = opened(seat)
        both = at_once(partial(reply, seat, shown=shown), partial(Seat(seat.mail, seat.user).act, "dosyala"))
        assert {status_of(each) for each in both} <= {302, 409, 422}
        assert len(answers()) == 1
        assert seat.now().status in (MailStatus.ANSWERED, MailStatus.FILED)

    def test_answered_while_the_application_is_closed_nothing_goes_afterwards(self) -> None:
        application = at_iys()
        accepted(application, timezone.now())
        seat = asked(application)
        shown = opened(seat)
        close = partial(change_route, application=application, route=Route.SELF_MANAGED, actor=STAFF, closes=True)
        at_once(partial(reply, seat, shown=shown), close)
        assert {each.status for each in answers()} <= {LetterStatus.CANCELLED}
