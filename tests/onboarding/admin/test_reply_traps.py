"""Traps for the answer that support writes to İYS in its own words: odd mails, what is typed, who, when, papers.

On an ordinary day: test_replies.py. What becomes of it: tests/onboarding/mail/test_answers_by_hand.py.
"""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from correspondence.addresses import tracking_address
from correspondence.models import Audience, Letter, MailStatus
from correspondence.outgoing import message
from correspondence.outgoing.bodies import body_of
from documents import storage
from documents.models import Document
from journal.models import Entry
from onboarding.actions import casework
from onboarding.actions.pre_application import submission
from onboarding.applications import change_route
from onboarding.gate import Route
from onboarding.models import Application, DocumentKind
from onboarding.overview.threads import thread
from partners.models import IysContact
from tests.onboarding.admin.test_mails import UNKNOWN, Seat, arrives
from tests.onboarding.admin.test_replies import reply
from tests.scenarios import mails
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import PartnerFactory, tckn
from tests.scenarios.ladder import IDENTITY, STAFF, at_iys, filled_in, owner_of, submitted
from tests.scenarios.papers import sound_pdf
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague
from tests.scenarios.waits import accepted

pytestmark = pytest.mark.django_db
TEXT = "Kargomuz 12 Mart günü teslim edildi; takip numarası 12345."


@pytest.fixture
def application() -> Application:
    return at_iys()


@pytest.fixture
def seat(application: Application) -> Seat:
    return asked(application)


def asked(application: Application, **more: Any) -> Seat:
    return Seat(arrives(UNKNOWN, **{"to": tracking_address(application.company).email, **more}))


def answers() -> list[Letter]:
    return list(Letter.objects.filter(by_hand=True).order_by("created_at"))


def opened(seat: Seat) -> str:
    return str(re.findall(r'name="shown" value="(\w+)"', seat.client.get(seat.url("reply")).content.decode())[0])


def refused(seat: Seat, answer: Any, *, text: str = TEXT) -> None:
    """Nothing went, the mail waits as before, what was typed stands in the form."""
    assert (answer.status_code, answers()) in [(422, []), (409, [])]
    assert text in answer.content.decode()
    assert seat.now().status == MailStatus.PERSON


def states(application: Application) -> list[tuple[str, str, str, int]]:
    return list(application.records.order_by("step").values_list("step", "state", "turn", "version"))


# What is typed.


def test_as_many_letters_as_the_browser_counts(seat: Seat) -> None:
    refused(seat, reply(seat, "ğ" * 4001), text="ğ" * 4001)
    lines = "\r\n".join(["a" * 9] * 400)  # 4000 less one to a browser, 4398 as they are sent
    reply(seat, lines)
    assert len(answers()) == 1


@pytest.mark.parametrize("text", ["\u200b\u200b", "\u2060\ufeff \u200f", "\u00a0\r\n\t", "\u202e\u202c", "\x0b"])
def test_what_cannot_be_seen_is_nothing(seat: Seat, text: str) -> None:
    assert reply(seat, text).status_code == 422
    assert (answers(), seat.now().status) == ([], MailStatus.PERSON)


def test_iys_reads_what_support_saw(seat: Seat) -> None:
    reply(seat, "Tutar \u202e0001\u202c TL, \u200bonay\u2066 var\u2069")
    sent = "".join(body_of(letter).text + body_of(letter).html for letter in answers())
    assert "onay var" in sent
    assert not re.search("[\u200b\u202a-\u202e\u2066-\u2069]", sent)


def test_what_looks_like_html_is_text(application: Application, seat: Seat) -> None:
    reply(seat, "<script>alert(1)</script> <b>{{ partner }}</b> & {% now %}")
    body = body_of(answers()[0])
    assert "<script>alert(1)</script> <b>{{ partner }}</b> & {% now %}" in body.text
    assert "<script>" not in body.html
    assert "&lt;b&gt;{{ partner }}" in body.html
    page = signed_in(application.company.members.get()).get(reverse("onboarding:letter", args=[answers()[0].pk]))
    assert "<script>alert(1)" not in page.content.decode()


def test_an_identity_number_is_on_no_screen_in_full(application: Application, seat: Seat) -> None:
    reply(seat, f"Yetkilinin numarası {IDENTITY}, ortağınki {tckn(9)}.")
    member = signed_in(application.company.members.get())
    (mine,) = answers()
    shown = words(member.get(reverse("onboarding:letter", args=[mine.pk])))
    shown += words(signed_in(seat.user).get(reverse("admin:correspondence_letter_change", args=[mine.pk])))
    shown += seat.page() + str(list(Entry.objects.values_list("text", "data")))
    assert IDENTITY not in shown
    assert tckn(9) not in shown


def test_a_line_without_a_blank_is_a_mail_that_a_server_takes(seat: Seat) -> None:
    reply(seat, "ş" * 4000)
    raw = message.on_the_line(Letter.objects.get(by_hand=True))
    assert max(map(len, raw.splitlines())) <= 998


def test_naming_another_company_changes_nothing_of_it(seat: Seat) -> None:
    other = at_iys()
    before = states(other)
    reply(seat, f"VKN {other.company.tax_number}, {other.reference}")
    assert [letter.company for letter in answers()] == [seat.now().company]
    assert states(other) == before


# Odd mails.


@pytest.mark.parametrize(
    ("subject", "answered"),
    [
        ("Ö" * 900, "Ynt: Ö"),
        ("", "Ynt: "),
        ("Ynt:", "Ynt: "),
        ("RE: Ynt: İlt: Başvurunuz", "Ynt: İlt: Başvurunuz"),
        ("Ba\u202eşvuru\u200bnuz", "Ynt: Başvurunuz"),
    ],
)
def test_any_subject_is_answered_with_one_that_reads(
    application: Application, subject: str, answered: str
) -> None:
    reply(asked(application, subject=subject))
    found = answers()[0].subject
    assert found.startswith(answered)
    assert found.removeprefix("Ynt:").strip()
    assert (len(found) <= 250, len(re.findall(r"(?i)\b(?:ynt|re):", found))) == (True, 1)
    assert found.isprintable()


@pytest.mark.parametrize("message_id", ["<" + "x" * 990 + "@iys.org.tr>", "none of ours", "<a b@iys.org.tr>"])
def test_whatever_its_message_id_the_answer_is_a_whole_mail(application: Application, message_id: str) -> None:
    reply(asked(application, message_id=message_id))
    raw = message.on_the_line(Letter.objects.get(by_hand=True))
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.splitlines())) <= 998
    assert b"Bcc" not in head


@pytest.mark.parametrize("sender", ["onkayit@iys.org.tr", "ayse.yilmaz@iys.org.tr", "OnKayit@iys.org.tr"])
def test_the_answer_follows_the_mail_that_it_answers(application: Application, sender: str) -> None:
    seat = asked(application, sender=sender)
    asked(application, subject="Başka bir soru")
    reply(seat)
    letter = answers()[0]
    assert letter.in_reply_to == seat.mail.message_id
    assert letter.references.split()[-1] == seat.mail.message_id
    assert len(letter.references.split()) == len(set(letter.references.split()))


def test_to_nobody_that_the_mail_names(application: Application) -> None:
    reply(asked(
        application, sender="OnKayit@IYS.org.tr", Reply_To="tuzak@kotu.example", Cc="baska@kotu.example",
    ))  # fmt: skip
    letter = answers()[0]
    assert (letter.to, letter.cc) == (["onkayit@iys.org.tr"], [application.company.partner.copy_address])


def test_a_mail_of_the_company_is_not_answered_to_iys(application: Application) -> None:
    sender = application.company.members.get().email
    seat = asked(application, sender=sender, domain=sender.partition("@")[2])
    assert seat.now().sender_authentication == "company"
    assert "İYS'ye yanıt yaz" not in seat.page()
    reply(seat)
    assert answers() == []


def test_a_delivery_report_is_not_answered(application: Application) -> None:
    seat = asked(application, sender="mailer-daemon@iys.org.tr", Return_Path="<>", Auto_Submitted="auto-replied")
    assert "İYS'ye yanıt yaz" not in seat.page()
    reply(seat)
    assert answers() == []


def test_a_stray_mail_is_answered_only_once_it_is_somebodys(application: Application) -> None:
    seat = Seat(arrives(UNKNOWN, to="kim@bilinmez.example"))
    assert "İYS'ye yanıt yaz" not in seat.page()
    assert reply(seat).status_code < 500
    assert answers() == []
    seat.attach(application)
    reply(seat)
    assert [(letter.company, letter.in_reply_to) for letter in answers()] == [
        (application.company, seat.mail.message_id)
    ]
    told = {item.mail_id or item.letter_id for item in thread(application)}
    assert {str(seat.mail.pk), str(answers()[0].pk)} <= told, "the company sees both"


def test_an_early_mail_is_still_applied_when_its_step_opens() -> None:
    application = submitted()
    seat = Seat(arrives(mails.OFFER, html=mails.OFFER_HTML, to=tracking_address(application.company).email))
    before = (seat.now().status, seat.now().kept_answer)
    reply(seat)
    assert before[0] == MailStatus.EARLY
    assert (seat.now().status, seat.now().kept_answer) == before


def test_what_was_applied_or_filed_stays_so(application: Application, seat: Seat) -> None:
    applied = Seat(arrives(mails.RECEIVED, to=tracking_address(application.company).email))
    before = states(application)
    reply(applied)
    assert (applied.now().status, states(application)) == (MailStatus.APPLIED, before)
    seat.act("dosyala", "Reklam")
    reply(seat)
    assert seat.now().status == MailStatus.FILED


# Who and when.


def test_another_partners_support_finds_no_form(application: Application, seat: Seat) -> None:
    elsewhere = PartnerFactory.create(is_default=False, name="Öteki", host_name="oteki.example")
    theirs = Seat(seat.mail, colleague(*CORRESPONDENCE, *REVIEW, partner=elsewhere))
    assert (theirs.client.get(theirs.url("reply")).status_code, reply(theirs).status_code) == (404, 404)
    viewer = Seat(seat.mail, colleague("view_mail"))
    assert (viewer.client.get(viewer.url("reply")).status_code, reply(viewer).status_code) == (403, 403)
    assert "İYS'ye yanıt yaz" not in viewer.page()
    assert answers() == []


def test_what_was_changed_between_two_presses_is_not_lost(seat: Seat) -> None:
    key = str(uuid4())
    reply(seat, key=key)
    second = reply(seat, "Bir de şunu ekleyelim.", key=key)
    gone = any("Bir de şunu" in body_of(letter).text for letter in answers())
    assert gone or "Bir de şunu ekleyelim." in second.content.decode()


@pytest.mark.parametrize("key", ["", " ", "x", "x" * 5000, "../..", "\u202e"])
def test_a_form_without_its_key_is_no_error(seat: Seat, key: str) -> None:
    answer = seat.client.post(seat.url("reply"), {"text": TEXT, "key": key, "shown": opened(seat)})
    if answer.status_code != 302:
        refused(seat, answer)


def test_a_colleagues_decision_meanwhile_stays(seat: Seat) -> None:
    shown = opened(seat)
    Seat(seat.mail).act("dosyala", "Reklam")
    reply(seat, shown=shown)
    assert seat.now().status == MailStatus.FILED


def test_what_was_written_for_one_company_does_not_go_in_the_name_of_another(seat: Seat) -> None:
    other, shown = at_iys(), opened(seat)
    colleague_ = Seat(seat.mail)
    colleague_.act("ayir", "Başka firmanın")
    colleague_.attach(other)
    refused(seat, reply(seat, shown=shown))
    reply(seat)
    assert [letter.company for letter in answers()] == [other.company]


def test_to_another_desk_than_the_page_showed_it_goes_once_that_was_seen(seat: Seat) -> None:
    shown = opened(seat)
    IysContact.objects.update_or_create(pk=1, defaults={"pre_application_email": "kayit@iys.org.tr"})
    refused(seat, reply(seat, shown=shown))
    reply(seat)
    assert answers()[0].to == ["kayit@iys.org.tr"]


def test_in_the_form_of_a_case_that_a_colleague_has_papers_stay_chosen(
    application: Application, seat: Seat
) -> None:
    casework.take(application=application, user=colleague(*REVIEW, *CORRESPONDENCE))
    paper = application.company.documents.of_kind("undertaking").get()
    held = reply(seat, documents=[str(paper.pk)])
    refused(seat, held)
    assert re.search(rf'name="documents" value="{paper.pk}"', held.content.decode())


def test_the_application_that_was_replaced_is_not_answered_for(application: Application, seat: Seat) -> None:
    accepted(application, timezone.now())
    shown = opened(seat)
    change_route(application=application, route=Route.SELF_MANAGED, actor=STAFF, closes=True)
    before = Letter.objects.filter(audience=Audience.IYS).count()
    refused(seat, reply(seat, shown=shown))
    assert Letter.objects.filter(audience=Audience.IYS).count() == before


# Papers.


def test_papers_that_do_not_go_to_iys_do_not_go_with_an_answer(application: Application, seat: Seat) -> None:
    other = at_iys().company.documents.of_kind("undertaking").get()
    gone = application.company.documents.of_kind("signature_circular").get()
    storage.erase(gone)
    blank = Document.objects.exclude(kind__in=("signature_circular", "trade_registry_gazette", "undertaking"))
    tried = [str(other.pk), str(gone.pk), str(uuid4()), "1", "'"] + [str(each.pk) for each in blank]
    for key in tried:
        refused(seat, reply(seat, documents=[key]))


def test_a_paper_replaced_meanwhile_does_not_go_as_it_was() -> None:
    application = filled_in()
    seat = asked(application)
    old = application.company.documents.of_kind("undertaking").get()
    submission.hand_in(
        application=application,
        kind=DocumentKind.UNDERTAKING,
        inspected=sound_pdf(3),
        filename="yeni.pdf",
        actor=owner_of(application),
    )
    refused(seat, reply(seat, documents=[str(old.pk)]))
