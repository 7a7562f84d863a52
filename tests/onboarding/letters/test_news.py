"""News speaks as the company's screens do, never as support's buttons; it goes only while nothing newer is told.

A manager who gets three mails in a second stops reading. What asks nothing of her may wait for a few minutes and
then be needless; what asks something of her goes at once and is never left out.
"""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus
from correspondence.outgoing import outbox
from correspondence.outgoing.news import RESTS
from correspondence.outgoing.outbox import body_of
from journal.parties import Party
from onboarding.actions.pre_application import already_applied
from onboarding.actor import IYS
from onboarding.machine import State, Step
from onboarding.models import CodeSource, StepRecord
from onboarding.steps import PARTNER_ASSIGNMENT, PRE_APPLICATION, STATUS_QUERY, STEPS
from tenancy.models import Membership
from tests.scenarios import mails
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf, upload

BUTTONS = {
    row.label for step in STEPS for row in step.moves if row.by & {Party.STAFF} and not row.by & {Party.IYS}
}
NOT_HERS = [(step, state) for step in STEPS for state in step.states if step.turns.get(state) is not Party.COMPANY]
# A word that tells somebody to do something; only whose turn it is may be told so.
TOLD_TO = re.compile(r"\w(?:[ıiuü]n|[ıiuü]n[ıiuü]z)$|\b(?:et|yap|gönder|doğrula|onayla|iste|ver)$")


def told(cast: Cast) -> list[str]:
    """Subjects of the mails to the company's owner that have gone or will."""
    letters = Letter.objects.filter(company=cast.company, audience=Audience.COMPANY)
    going = letters.exclude(status=LetterStatus.CANCELLED).order_by("created_at")
    return [letter.subject for letter in going if cast.people["owner"].email in letter.to]


@pytest.mark.parametrize(("step", "state"), NOT_HERS, ids=lambda each: getattr(each, "key", each))
def test_news_of_a_state_carries_no_button_of_supports(step: Step, state: State) -> None:
    record = StepRecord(step=step.key, state=state)
    said = render_to_string("letters/news/subject.txt", {"step": step, "record": record}).strip()
    assert step.labels[state] in said
    assert not [label for label in BUTTONS if re.search(rf"\b{re.escape(label)}\b", said)]


@pytest.mark.parametrize(("step", "state"), NOT_HERS, ids=lambda each: getattr(each, "key", each))
def test_a_state_in_which_she_has_nothing_to_do_tells_her_to_do_nothing(step: Step, state: State) -> None:
    clauses = re.split(r", |: ", step.labels[state])
    assert not [clause for clause in clauses if TOLD_TO.search(clause)], step.labels[state]


pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.mark.parametrize("approved", [True, False])
def test_an_accepted_application_is_told_in_one_mail(cast: Cast, approved: bool) -> None:
    """Support's one click moves two or three steps."""
    cast.send("channel", channel="applied")
    shown = {**cast.open("evidence").fields, "iys_code": "710482", "brands": "Mavi Deniz, 710482"}
    cast.send("evidence", **shown, file=upload(blank_pdf(), "onay.pdf"))
    before = told(cast)
    version = cast.record(PRE_APPLICATION).version
    with CaptureQueriesContext(connection) as asked:
        already_applied.accept(application=cast.now(), approved=approved, actor=STAFF, expected_version=version)
    new = told(cast)[len(before) :]
    wanted = "Sıra sizde: Kodlarınız onayınızı bekliyor" if approved else "Başvuru durumu: İYS başvurunuzu aldı"
    assert len(new) == 1
    assert new[0].startswith(wanted)
    assert [each.source for each in cast.now().code_readings.all()] == ([CodeSource.DECLARED] if approved else [])
    written = [each["sql"] for each in asked if each["sql"].startswith('UPDATE "onboarding_codereading"')]
    assert not written, "whose word they are is never written as another's first"


def test_three_things_in_a_minute_are_one_mail_that_says_what_to_do(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys_with_the_parcel()
    cast.arrives(tmp_path, mails.RECEIVED)
    cast.arrives(tmp_path, mails.APPROVED)
    assert told(cast)[-1] == "Sıra sizde: Kodlarınız onayınızı bekliyor"
    assert not [subject for subject in told(cast) if "İYS başvurunuzu aldı" in subject or "gönderildi" in subject]


def test_newer_news_takes_the_place_of_news(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys_with_the_parcel()
    assert "Ön başvuru: İYS'ye gönderildi" in told(cast)
    cast.arrives(tmp_path, mails.RECEIVED)
    assert told(cast)[-1] == "Başvuru durumu: İYS başvurunuzu aldı, inceliyor"
    assert "Ön başvuru: İYS'ye gönderildi" not in told(cast)


def test_news_alone_rests_and_then_goes(cast: Cast) -> None:
    cast.at_iys_with_the_parcel()
    news = Letter.objects.get(message_group__startswith="news:")
    now = timezone.now()
    assert news not in Letter.objects.due(now)
    assert news in Letter.objects.due(now + RESTS)


def test_what_asks_for_something_goes_at_once_and_is_never_left_out(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys()
    cast.arrives(tmp_path, mails.APPROVED)
    asks = Letter.objects.filter(message_group__startswith="turn:").latest("created_at")
    assert asks in Letter.objects.due(timezone.now())
    outbox.post(
        company=cast.company,
        idempotency_key="something:newer",
        body=outbox.Body("Daha yeni", "Daha yeni", ""),
        address=outbox.Address(Audience.COMPANY, asks.to, application_id=cast.now().pk),
    )
    asks.refresh_from_db()
    assert asks.status == LetterStatus.QUEUED


def test_news_that_has_gone_stays_gone(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys_with_the_parcel()
    gone = Letter.objects.filter(message_group__startswith="news:")
    gone.update(status=LetterStatus.SENT)
    cast.arrives(tmp_path, mails.RECEIVED)
    assert gone.filter(status=LetterStatus.SENT).count() == 1


def test_who_is_not_written_to_again_keeps_her_news(cast: Cast) -> None:
    """A letter to one person takes nothing from another."""
    cast.at_iys_with_the_parcel()
    news = Letter.objects.get(message_group__startswith="news:")
    assert len(news.to) > 1
    outbox.post(
        company=cast.company,
        idempotency_key="something:for_one",
        body=outbox.Body("Size", "Size", ""),
        address=outbox.Address(Audience.COMPANY, news.to[:1], application_id=cast.now().pk),
    )
    news.refresh_from_db()
    assert news.status == LetterStatus.QUEUED


def test_news_of_another_application_is_left_alone(cast: Cast) -> None:
    other = Cast(trade_name="Öteki Ticaret Limited Şirketi")
    cast.at_iys_with_the_parcel()
    other.at_iys()
    other.move(STATUS_QUERY, "received", IYS)
    assert "Ön başvuru: İYS'ye gönderildi" in told(cast)


def test_who_wants_her_own_turn_alone_is_not_asked_for_news(cast: Cast, tmp_path: Path) -> None:
    Membership.objects.filter(company=cast.company).update(notices="turn")
    cast.at_iys_with_the_parcel()
    cast.arrives(tmp_path, mails.APPROVED)
    assert [subject for subject in told(cast) if "Sıra sizde" in subject]


def test_news_does_not_say_that_nothing_is_to_be_done_while_the_parcel_waits(cast: Cast) -> None:
    cast.at_iys()
    cast.move(STATUS_QUERY, "received", IYS)
    news = body_of(Letter.objects.get(message_group__startswith="news:"))
    assert cast.now().application_form.cargo_awaited_since is not None
    for said in (news.text, news.html):
        assert "kargolayın" in said
        assert "Sizin şu anda yapmanız gereken bir şey yok" not in said


def test_news_does_not_ask_for_a_parcel_that_support_has_to_look_at_first(cast: Cast) -> None:
    cast.at_iys()
    Letter.objects.filter(message_group__startswith="news:").delete()
    cast.move(STATUS_QUERY, "ask_changes", IYS, reason="İmza okunmuyor")
    news = body_of(Letter.objects.get(message_group__startswith="news:"))
    assert cast.now().application_form.cargo_awaited_since is not None
    for said in (news.text, news.html):
        assert "kargolayın" not in said


def test_a_receipt_and_what_comes_in_the_same_minutes_are_one_mail_that_says_both(cast: Cast) -> None:
    cast.preparing()
    cast.form_handed_in()
    cast.press("review_assignment", "review_assignment")
    receipt = Letter.objects.filter(subject__contains="Gönderdiklerinizi aldık").latest("created_at")
    now = timezone.now()
    assert receipt not in Letter.objects.due(now)
    assert receipt in Letter.objects.due(now + RESTS), "and goes alone when nothing else comes"
    cast.move(PARTNER_ASSIGNMENT, "confirm", IYS)
    receipt.refresh_from_db()
    assert receipt.status == LetterStatus.CANCELLED
    told_now = body_of(Letter.objects.filter(message_group__startswith="turn:").latest("created_at"))
    for said in (told_now.text, told_now.html):
        assert "Tamamlandı – 5. adım (İş ortağı ataması): " in said
        assert "İş ortağı atandı" in said
        assert "de aldık" not in said, "İYS has answered it"
        assert said.index("5. adım") < said.index("6. adım")


def turns(cast: Cast) -> list[str]:
    """The texts of the mails that tell the owner that it is her turn, oldest first."""
    letters = Letter.objects.filter(company=cast.company, message_group__startswith="turn:").order_by("created_at")
    return [body_of(letter).text for letter in letters if cast.people["owner"].email in letter.to]


def test_what_takes_the_place_of_good_news_says_it_first_and_once(cast: Cast) -> None:
    cast.finished()
    codes, offer, form, last = turns(cast)
    assert re.findall(r"Tamamlandı – (.*)\.\n", codes) == ["2. adım (Başvuru durumu): İYS başvurunuzu onayladı"]
    assert codes.index("onayladı") < codes.index("sıra sizde")
    assert "Tamamlandı" not in offer, "the codes she has confirmed herself"
    assert re.findall(r"Tamamlandı – (.*)\.\n", form) == [
        "4. adım (İleti paketi sözleşmesi): Paketiniz tanımlandı"
    ]
    assert re.findall(r"Tamamlandı – (\d)", last) == ["5"]


def test_the_last_mail_has_all_codes(cast: Cast) -> None:
    cast.finished()
    said = body_of(Letter.objects.get(company=cast.company, message_group__startswith="end:")).text
    brands = list(cast.company.brands.exclude(code="").values_list("name", "code"))
    assert brands
    assert not [brand for brand in brands if "{} BrandKod'u: {}".format(*brand) not in said]


def test_a_step_that_news_has_told_of_is_not_told_again(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys_with_the_parcel()
    Letter.objects.filter(message_group__startswith="news:").update(status=LetterStatus.SENT)
    cast.arrives(tmp_path, mails.APPROVED)
    assert re.findall(r"Tamamlandı – (\d)", turns(cast)[-1]) == ["2"]


def test_codes_that_come_at_once_do_not_hide_that_the_parcel_is_due(cast: Cast, tmp_path: Path) -> None:
    cast.at_iys()
    cast.arrives(tmp_path, mails.APPROVED)
    assert "Taahhütnamenin aslını henüz göndermediyseniz İYS'ye kargolayın" in turns(cast)[-1]


def test_what_was_sent_back_is_told_by_its_reason_and_not_as_received(cast: Cast) -> None:
    cast.preparing()
    before = told(cast)[-1]
    cast.form_handed_in()
    cast.press("review_assignment", "review_assignment")
    cast.move(PARTNER_ASSIGNMENT, "return_form", STAFF, reason="Kaşe okunmuyor")
    assert told(cast)[-1] == "Sıra sizde: Atama formunuz geri gönderildi"
    assert told(cast)[-1] != before, "which weeks before asked for the form"
    told_now = body_of(Letter.objects.filter(message_group__startswith="turn:").latest("created_at"))
    for said in (told_now.text, told_now.html):
        assert "Nedeni: Kaşe okunmuyor" in said
        assert "de aldık" not in said


def test_a_claim_that_support_cannot_see_is_told_so(cast: Cast) -> None:
    cast.preparing()
    cast.move(PARTNER_ASSIGNMENT, "use_panel", cast.owner)
    cast.move(PARTNER_ASSIGNMENT, "claim", cast.owner)
    cast.move(PARTNER_ASSIGNMENT, "deny_claim", STAFF, reason="Panelde yok")
    assert told(cast)[-1] == "Sıra sizde: Atamanız İYS'de görünmüyor"
    cast.move(PARTNER_ASSIGNMENT, "claim", cast.owner)
    cast.move(PARTNER_ASSIGNMENT, "confirm_claim")
    assert "Atamanız" not in told(cast)[-1]


def test_a_receipt_that_has_gone_is_not_repeated(cast: Cast) -> None:
    cast.preparing()
    cast.form_handed_in()
    cast.press("review_assignment", "review_assignment")
    Letter.objects.filter(subject__contains="Gönderdiklerinizi aldık").update(status=LetterStatus.SENT)
    cast.move(PARTNER_ASSIGNMENT, "return_form", STAFF, reason="Kaşe okunmuyor")
    told_now = body_of(Letter.objects.filter(message_group__startswith="turn:").latest("created_at"))
    assert "de aldık" not in told_now.text


def test_the_manual_way_costs_her_seven_mails(cast: Cast) -> None:
    """From handing in to the end, İYS and support answering within minutes: a receipt, the parcel, what asks for
    something else, the end."""
    cast.finished()
    said = [re.sub(r"^.* – | \(P-.*$", "", subject) for subject in told(cast)]
    assert said == [
        "Gönderdiklerinizi aldık",
        "Taahhütnamenin aslını kargolayın",
        "Sıra sizde: Kodlarınız onayınızı bekliyor",
        "Sıra sizde: İYS'nin teklifi geldi",
        "Sıra sizde: Atama formunu hazırlayın",
        "Sıra sizde: İYS bilgilerinizi kaydedin",
        "İYS kaydınız tamamlandı",
    ]
