"""Support answers İYS in its own words, where none of our letters says what it asks for."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from correspondence.addresses import tracking_address
from correspondence.incoming.authentication import SenderAuthentication
from correspondence.models import Audience, Letter, LetterStatus, MailStatus
from correspondence.outgoing.bodies import body_of
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.actions import casework
from onboarding.actor import Actor
from onboarding.mail import outcomes, ties
from onboarding.models import Application
from onboarding.overview.threads import thread
from onboarding.steps import PRE_APPLICATION
from onboarding.transitions import perform
from tests.onboarding.admin.test_mails import UNKNOWN, Seat, arrives
from tests.scenarios import mails
from tests.scenarios.browser import said, words
from tests.scenarios.ladder import at_iys, submitted
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague

pytestmark = pytest.mark.django_db
TEXT = "Kargomuz 12 Mart günü teslim edildi; takip numarası 12345.\n\nBaşka bir belge gerekiyor mu?"


@pytest.fixture
def application() -> Application:
    return at_iys()


@pytest.fixture
def seat(application: Application) -> Seat:
    return Seat(arrives(UNKNOWN, to=tracking_address(application.company).email))


def replied() -> list[Letter]:
    return list(Letter.objects.filter(by_hand=True).order_by("created_at"))


def reply(seat: Seat, text: str = TEXT, key: str = "", **more: Any) -> Any:
    """Opens the page, and sends what stands in its form with this text."""
    page = seat.client.get(seat.url("reply")).content.decode()
    shown = "".join(re.findall(r'name="shown" value="(\w+)"', page))
    data = {"text": text, "key": key or str(uuid4()), "shown": shown}
    return seat.client.post(seat.url("reply"), {**data, **more})


def test_the_answer_goes_to_the_desk_that_wrote_in_its_thread_and_the_mail_is_answered(
    application: Application, seat: Seat
) -> None:
    assert "İYS'ye yanıt yaz" in seat.page()
    page = words(seat.client.get(seat.url("reply")))
    assert "onkayit@iys.org.tr" in page
    assert "Ynt: Başvurunuz" in page
    assert said(reply(seat)) == ["Yanıtınız gönderiliyor."]
    (letter,) = replied()
    body = body_of(letter)
    assert (letter.to, letter.audience) == (["onkayit@iys.org.tr"], Audience.IYS)
    assert letter.reply_to == tracking_address(application.company).email
    assert letter.in_reply_to == seat.mail.message_id
    assert body.subject == "Ynt: Başvurunuz"
    for whole in (body.text, re.sub(r"<[^>]+>", "", body.html)):
        assert "Kargomuz 12 Mart günü teslim edildi" in whole
        assert f"{application.company.trade_name} adına" in whole
        assert application.reference in whole
    assert seat.now().status == MailStatus.ANSWERED
    handled = Entry.objects.filter(event=Event.MAIL_HANDLED, actor=seat.user)
    assert "yanıt yazıldı" in handled.get().text


def test_what_the_form_of_a_page_is_pressed_twice_for_goes_once(seat: Seat) -> None:
    key = str(uuid4())
    reply(seat, key=key)
    reply(seat, key=key)
    assert len(replied()) == 1
    assert Entry.objects.filter(event=Event.MAIL_HANDLED).count() == 1


def test_the_company_sees_what_iys_asked_and_who_answered(application: Application, seat: Seat) -> None:
    reply(seat)
    asked, answer = reversed([each for each in thread(application) if each.subject == "Ynt: Başvurunuz"])
    assert (asked.who, asked.detail) == ("İYS", "Yanıtlandı")
    assert answer.who == "DESTEK"


def test_an_answered_mail_may_be_taken_up_again(seat: Seat) -> None:
    reply(seat)
    seat.act("ele-al", "İYS aslında düzeltme istemiş")
    assert seat.now().status == MailStatus.PERSON


def test_two_answers_are_two_letters_and_neither_takes_the_others_place(seat: Seat) -> None:
    reply(seat)
    Letter.objects.filter(by_hand=True).update(status=LetterStatus.FAILED)
    reply(seat, "Bir de şunu sormak isteriz.")
    assert [each.status for each in replied()] == [LetterStatus.FAILED, LetterStatus.QUEUED]


def test_the_sender_of_the_mail_is_not_written_to_unless_it_is_a_desk_we_know(application: Application) -> None:
    seat = Seat(arrives(UNKNOWN, to=tracking_address(application.company).email, sender="ayse.yilmaz@iys.org.tr"))
    reply(seat)
    assert replied()[0].to == ["onkayit@iys.org.tr"]


def test_an_unverified_mail_is_not_answered(application: Application) -> None:
    seat = Seat(arrives(UNKNOWN, to=tracking_address(application.company).email, verdict="fail"))
    assert seat.now().sender_authentication == SenderAuthentication.UNVERIFIED
    assert "İYS'ye yanıt yaz" not in seat.page()
    assert "yanıt yazılamaz" in said(seat.client.get(seat.url("reply")))[0]
    assert reply(seat).status_code == 422
    assert replied() == []


def test_a_closed_applications_mail_is_not_answered(application: Application, seat: Seat) -> None:
    Application.objects.filter(pk=application.pk).update(closed_at=timezone.now(), closing="withdrawn")
    assert "İYS'ye yanıt yaz" not in seat.page()
    assert "başvuru kapandı" in said(seat.client.get(seat.url("reply")))[0]
    assert "12 Mart" in reply(seat).content.decode(), "what was typed stays"
    assert replied() == []


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("YNT: RE: Başvurunuz", "Ynt: Başvurunuz"),
        ("Re : Ynt:Başvurunuz", "Ynt: Başvurunuz"),
        ("Yanıtınız: eksik evrak", "Ynt: Yanıtınız: eksik evrak"),
        ("", "Ynt: {reference}"),
    ],
)
def test_the_subject_is_that_of_the_mail_once(application: Application, asked: str, answered: str) -> None:
    seat = Seat(arrives(UNKNOWN, to=tracking_address(application.company).email, subject=asked))
    reply(seat)
    assert replied()[0].subject == answered.format(reference=application.reference)


def test_papers_may_go_along(application: Application, seat: Seat) -> None:
    page = seat.client.get(seat.url("reply")).content.decode()
    offered = re.findall(r'name="documents" value="([^"]+)"', page)
    assert offered
    reply(seat, documents=offered[:1])
    assert [str(each.document_id) for each in replied()[0].attachments.all()] == offered[:1]
    refused = reply(seat, documents=[str(uuid4())])
    assert refused.status_code == 422
    assert "12 Mart" in refused.content.decode(), "what was typed stays"
    assert len(replied()) == 1


def test_nothing_typed_is_said_and_nothing_goes(seat: Seat) -> None:
    refused = reply(seat, "  ")
    assert refused.status_code == 422
    assert "ne yazacağınızı yazın" in words(refused)
    assert replied() == []


def test_what_a_colleague_has_is_answered_only_when_it_was_taken_over(
    application: Application, seat: Seat
) -> None:
    casework.take(application=application, user=colleague(*REVIEW, *CORRESPONDENCE))
    held = reply(seat)
    assert held.status_code == 409
    assert "12 Mart" in held.content.decode()
    assert replied() == []
    reply(seat, take_over="1")
    assert len(replied()) == 1


def test_no_step_moves_with_it_whatever_becomes_of_it(application: Application, seat: Seat) -> None:
    before = [(each.step, each.state, each.version) for each in application.records.all()]
    reply(seat)
    for status in (LetterStatus.SENT, LetterStatus.FAILED, LetterStatus.CANCELLED):
        Letter.objects.filter(by_hand=True).update(status=status, outcome_handled_at=None)
        assert outcomes.handle_outcomes() == 0
    assert not outcomes.bounced(letter=replied()[0], lost=["onkayit@iys.org.tr"], why="yok").moved
    assert [(each.step, each.state, each.version) for each in application.records.all()] == before


def test_a_step_hears_of_its_own_letter_though_an_answer_was_written_since() -> None:
    application = submitted()
    perform(application=application, step=PRE_APPLICATION, move="approve", actor=Actor(Party.STAFF))
    its_own = Letter.objects.get(audience=Audience.IYS)
    seat = Seat(arrives(UNKNOWN, to=tracking_address(application.company).email, in_reply_to=its_own.message_id))
    reply(seat)
    assert replied()[0].step_key == its_own.step_key
    Letter.objects.filter(pk=its_own.pk).update(status=LetterStatus.SENT)
    outcomes.handle_outcomes()
    assert application.records.get(step=PRE_APPLICATION.key).state == "sent"


def test_what_iys_answers_to_it_moves_nothing_by_itself(application: Application, seat: Seat) -> None:
    """ "Başvurunuz onaylanmıştır" may answer any question of ours."""
    reply(seat)
    (letter,) = replied()
    answer = arrives(mails.APPROVED, to=tracking_address(application.company).email, in_reply_to=letter.message_id)
    assert (answer.status, answer.status_why) == (MailStatus.PERSON, ties.BY_HAND)
    again = arrives(
        mails.APPROVED,
        to=tracking_address(application.company).email,
        in_reply_to=Letter.objects.filter(by_hand=False, audience=Audience.IYS).latest("created_at").message_id,
    )
    assert again.status == MailStatus.APPLIED
