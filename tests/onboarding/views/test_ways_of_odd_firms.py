"""Which way is found, and whether it can be left again, for firms that the easy version forgets."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from correspondence.models import Letter, LetterStatus
from identifiers import Refused, mersis, tckn
from onboarding.actions.pre_application import submission
from onboarding.gate import Route
from onboarding.models import Application, Attention, ReminderRule
from onboarding.overview import proposed_way
from onboarding.reminders import due, letters
from onboarding.steps import PACKAGE_CONTRACT, PARTNER_ASSIGNMENT, PRE_APPLICATION, STATUS_QUERY
from onboarding.ways import Because, Signing, Situation, Way, find
from sandbox.authority import Authority
from support import asking
from tests.scenarios.browser import said
from tests.scenarios.cast import Cast
from tests.scenarios.factories import UserFactory
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import Online
from tests.scenarios.papers import blank_pdf, upload
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db
TRUE_WHEN: Mapping[Because, Callable[[bool, Signing], bool]] = {
    Because.NO_MERSIS: lambda mersis, _signing: not mersis,
    Because.FOREIGN: lambda _mersis, signing: signing is Signing.FOREIGN,
    Because.PAPER: lambda _mersis, signing: signing is Signing.PAPER,
    Because.ALL_AT_HAND: lambda mersis, signing: mersis and signing is Signing.ELECTRONIC,
}


@pytest.mark.parametrize(("has_mersis", "signing"), [*product((True, False), Signing)])
def test_online_is_proposed_with_all_at_hand_alone_and_every_reason_is_true(
    has_mersis: bool, signing: Signing
) -> None:
    found = find(Situation.NEW, has_mersis=has_mersis, signing=signing)
    assert found is not None
    assert (found.way is Way.ONLINE) is (has_mersis and signing is Signing.ELECTRONIC)
    assert TRUE_WHEN[found.because](has_mersis, signing)
    said = proposed_way.proposal(found, has_mersis=has_mersis)
    if found.way is Way.MANUAL:
        papers = " ".join(said.needs)
        assert ("gazetesi" in papers) is has_mersis
        assert ("levhası" in papers) is not has_mersis


def test_who_was_refused_is_told_to_apply_anew() -> None:
    cast = Cast()
    assert "Emin değilseniz ya da başvurunuz reddedildiyse ilkini seçin." in cast.open("route")


def test_answers_that_were_changed_leave_no_trace_of_the_first_proposal() -> None:
    page = Cast().open("route", query="?situation=new&has_mersis=evet&signing=electronic")
    assert "Çevrim içi başvuru (e-imzayla)" in page.words.partition("Başka bir yol")[0]
    page = Cast().open("route", query="?situation=new&has_mersis=hayir&signing=electronic")
    assert "MERSİS numarası olmayan firmalar çevrim içi başvuramaz" in page


# Routes.


def test_a_half_typed_application_keeps_its_words_over_a_change_of_route() -> None:
    cast = Cast()
    cast.write(website="mavideniz.example", contact_phone="0232 555 01 01")
    answer = cast.send("route", route=Route.EXEMPT)
    assert "Muafiyet" in answer
    page = cast.open("package_contract")
    assert "Bu yolda yalnızca 6. adım (İYS bilgileri) gerekiyor." in page
    assert page.links["6. adıma git"] == "/basvuru/adim/6/"
    cast.send("route", route=Route.FULL, channel="manual")
    assert cast.now().company.website == "https://mavideniz.example"
    assert Application.objects.filter(company=cast.company).count() == 1, "nothing was sent: it simply changes"


def test_who_is_exempt_says_by_what_and_only_the_owner_declares() -> None:
    cast = Cast(Route.EXEMPT)
    page = cast.press("panel_settings", "panel_settings", kind="exempt", exemption_basis="", burden="on")
    assert page.status == 422
    assert cast.answer("panel_settings", role="editor", kind="exempt").status_code == 403


# Channels.


@pytest.fixture
def online(tmp_path: Path) -> Iterator[Online]:
    found = Online(Authority.new(), tmp_path)
    with found.settings:
        yield found


def test_a_free_mailbox_leads_to_papers_and_keeps_what_was_given(online: Online) -> None:
    page = online.send("email_code", email="firma@gmail.com")
    assert page.status == 422
    assert "manuel başvuruyu kullanın" in page
    assert page.links["Başka bir yolla başvur"] == "/basvuru/adim/1/kanal/"


def test_who_finds_out_that_there_is_no_mersis_goes_on_by_papers_with_the_proved_address(online: Online) -> None:
    online.query()
    online.send("channel", channel="manual")
    assert online.state(PRE_APPLICATION) == "draft"
    assert online.now().company.corporate_email == "bilgi@mavideniz.example"
    online.send("mersis_question", has_mersis="hayir")
    assert online.now().application_form.has_mersis is False
    assert online.open("dossier_page", "iletisim").fields["corporate_email"] == "bilgi@mavideniz.example"


def test_a_signatory_from_abroad_cannot_be_taken_online(online: Online) -> None:
    """The query asks for a TCKN, and a passport is none."""
    online.verify_email()
    number = f"0{online.company.tax_number}00001"
    page = online.press("query", "query", mersis_number=number, identity="U12345678")
    assert page.status == 422
    assert online.state(PRE_APPLICATION) == "query"
    assert page.links["Manuel başvuruya geçin"] == "/basvuru/adim/1/kanal/"


def test_the_page_of_channels_says_so_once_step_1_is_done() -> None:
    cast = Cast()
    cast.at_iys()
    page = cast.open("channel")
    assert page.links["Başvuru durumuna git"] == "/basvuru/adim/2/"
    assert cast.state(PRE_APPLICATION) == "sent"
    cast.send("channel", channel="online")
    assert cast.state(PRE_APPLICATION) == "sent"


def test_what_waits_for_support_is_not_put_on_another_channel() -> None:
    cast = Cast()
    cast.submitted()
    assert "Başvurunuz gönderildi; başvuru yolu artık değiştirilemez." in cast.send("channel", channel="online")
    assert cast.state(PRE_APPLICATION) == "submitted"


# Numbers.


@pytest.mark.parametrize("branch", ["00001", "00002", "00015"])
def test_a_branch_has_a_mersis_number_too(branch: str) -> None:
    company = Cast().company
    assert mersis.clean(f"0{company.tax_number}{branch}", company.tax_number).endswith(branch)


def test_a_foreigners_number_is_a_tckn() -> None:
    """Numbers that begin with 99 are given to foreigners, and pass the same check."""
    base = "990000001"
    digits = [int(each) for each in base]
    tenth = (sum(digits[0::2]) * 7 - sum(digits[1::2])) % 10
    number = base + str(tenth) + str((sum(digits) + tenth) % 10)
    assert tckn.clean(number) == number
    with pytest.raises(Refused):
        tckn.clean(number[:-1] + str((int(number[-1]) + 1) % 10))


@pytest.mark.parametrize(
    ("typed", "stored", "sentence"),
    [
        ("MX3ZB5JA", None, "ön başvuru numaranıza benziyor"),
        ("12", None, "4 ile 15 hane"),
        ("1234567890123456", None, "4 ile 15 hane"),
        ("0612345", "0612345", ""),
        ("612 345", "612345", ""),
    ],
)
def test_the_iys_code_of_who_has_one(typed: str, stored: str | None, sentence: str) -> None:
    cast = Cast()
    cast.send("channel", channel="applied")
    shown = {**cast.open("evidence").fields, "iys_code": typed, "brands": f"Mavi Deniz, {stored or '710482'}"}
    page = cast.send("evidence", **shown, file=upload(blank_pdf(), "onay.pdf"))
    if stored is None:
        assert page.status == 422
        assert sentence in page
        assert page.fields["iys_code"] == typed, "what was typed stays"
    else:
        assert f"İYSKod {stored}" in cast.open("pre_application"), "and the same number as brand is right"


def test_who_applied_elsewhere_and_is_sent_back_may_take_another_channel() -> None:
    cast = Cast()
    cast.send("channel", channel="applied")
    cast.send("channel", channel="manual")
    assert cast.state(PRE_APPLICATION) == "draft"


# Another route.


def accepted_by_a_mail_server(cast: Cast) -> None:
    Letter.objects.filter(company=cast.company, audience="iys").update(status=LetterStatus.SENT)


def test_an_application_that_iys_has_is_closed_by_its_owner_alone_knowingly_and_iys_is_told() -> None:
    cast = Cast()
    cast.at_iys()
    accepted_by_a_mail_server(cast)
    page = cast.open("route")
    assert "İYS'ye geri çekildiği yazılır" in page
    assert "istediğiniz zaman değiştirebilirsiniz" not in page
    assert any("Başvurumu kapat" in each for each in page.buttons)
    # A page that was opened before the letter went says nothing of closing.
    assert "yolu yeniden seçin" in cast.send("route", route="exempt")
    page = cast.open("route", role="editor")
    assert "Bunu firma sahibi (yönetici) yapabilir." in page
    assert not any("Başvurumu kapat" in each for each in page.buttons)
    assert "firma sahibi (yönetici) yetkisi" in cast.send("route", role="editor", route="exempt", kapatir="1")
    assert cast.now().pk == cast.application.pk
    cast.send("route", route="exempt", kapatir="1")
    assert cast.now().pk != cast.application.pk
    (told,) = Letter.objects.filter(application_id=cast.application.pk, message_group__startswith="withdrawal")
    assert told.to == ["onkayit@iys.org.tr"]


def test_what_waits_for_the_mail_server_goes_no_more_once_the_route_is_another() -> None:
    """And back on the full route support has the letter that never went; nobody waits for it for ever."""
    cast = Cast()
    cast.submitted()
    cast.move(PRE_APPLICATION, "approve")
    cast.send("route", route="exempt")
    (letter,) = Letter.objects.filter(company=cast.company, audience="iys")
    assert letter.status == LetterStatus.CANCELLED
    cast.send("route", route="full")
    assert cast.now().pk == cast.application.pk, "nothing had gone out"
    record = cast.record(PRE_APPLICATION)
    assert (record.state, record.turn) == ("send_failed", "staff")
    cast.move(PRE_APPLICATION, "send_again")
    assert Letter.objects.filter(company=cast.company, audience="iys", status=LetterStatus.QUEUED).count() == 1


def test_nothing_goes_to_iys_after_a_withdrawal_but_the_withdrawal() -> None:
    cast = Cast()
    cast.at_iys()
    accepted_by_a_mail_server(cast)
    rule = ReminderRule.objects.filter(waits_for="iys").earliest("pk")
    letters.post("follow_up_to_iys", wait=due.Wait(rule, cast.record(STATUS_QUERY), {}), idempotency_key="r")
    cast.move(STATUS_QUERY, "withdraw", cast.owner, "Vazgeçtik")
    waiting = Letter.objects.filter(company=cast.company, audience="iys", status=LetterStatus.QUEUED)
    assert [each.message_group.partition(":")[0] for each in waiting] == ["withdrawal_to_iys"]


def test_who_has_a_package_at_iys_already_is_not_made_to_buy_it_twice() -> None:
    cast = Cast()
    cast.choosing()
    form = cast.now().application_form
    form.channel = "applied"
    form.save()
    support = Support(cast.now())
    assert "package_contract:has_package" in support.buttons()
    assert said(support.press(PACKAGE_CONTRACT, "has_package", "Panelde gördük"))[-1].startswith("Önce firma")
    shown = cast.open("choose_package")
    assert "Paketiniz zaten varsa, sayılarınızı yazınca aşağıda bildirirsiniz." in shown
    figures = {"message_addresses": "10", "call_addresses": "0", "email_addresses": "4100"}
    shown = cast.press("choose_package", "choose_package", **figures)
    assert "Teklif istemeyin: paketinizi bize yazın." in shown
    refused = cast.press("package_contract", "own_package", name="", last_day="")
    assert (refused.status, cast.company.questions.count()) == (422, 0), "nothing is sent half"
    refused = cast.press("package_contract", "own_package", name="İLETİ-5", last_day="2020-05-01")
    assert (refused.status, refused.fields["name"]) == (422, "İLETİ-5")
    assert "süresi dolmuş" in refused
    last = timezone.localdate() + timedelta(days=200)
    board = cast.press("package_contract", "own_package", name="İLETİ-5", last_day=last.isoformat())
    asked = cast.company.questions.get()
    assert asked.messages.get().text.endswith(f"Paket: İLETİ-5. Son günü: {date_format(last, 'j F Y')}.")
    assert "Sıra destek ekibinde Destek ekibi paketinizi kontrol ediyor" in board
    assert "Paketi zaten var" not in board
    queue = support.client.get(reverse("admin:onboarding_queueitem_changelist")).content.decode()
    assert cast.now().reference in queue
    [mark] = Attention.objects.open()
    assert (mark.kind, mark.record.step, "Paket: İLETİ-5." in mark.text) == (
        "own_package",
        "package_contract",
        True,
    )
    assert "Paketinizi seçin" not in board
    shown = cast.open("package_contract")
    assert shown.links["Yazdığınızı görün"] == reverse("support:question", args=[asked.pk])
    assert "Paketimizi bildir" not in shown.buttons
    cast.send("own_package", name="İLETİ-5", last_day=last.isoformat())
    assert cast.company.questions.count() == 1, "once"
    asking.answer(question=asked, by=UserFactory.create(is_staff=True), text="Kaydettik.")
    assert "paketinizi kontrol ediyor" not in cast.open("package_contract")
    assert "Paketinizi seçin" in cast.open("board")
    support.press(PACKAGE_CONTRACT, "has_package", "Panelde gördük")
    assert (cast.state(PACKAGE_CONTRACT), cast.record(PARTNER_ASSIGNMENT).turn) == ("confirmed", "company")
    assert not Attention.objects.open(), "the step has moved"
    assert not Letter.objects.filter(company=cast.company, audience="iys", step_key="package_contract").exists()
    assert cast.open("package_contract").status == cast.open("partner_assignment").status == 200


@pytest.mark.parametrize("rung", ["submitted", "changes_asked"])
def test_whoever_comes_back_to_the_full_route_goes_on_where_the_application_stood(rung: str) -> None:
    """All its ways name a channel; the one that was gone may not be refused for having been gone."""
    cast = Cast()
    cast.submitted()
    if rung == "changes_asked":
        remarks = [("website", "Açılmıyor")]
        submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    cast.send("route", route="exempt")
    assert "artık değiştirilemez" in cast.send("route", route="full", channel="online")
    assert cast.now().route == Route.EXEMPT, "another channel is refused as before"
    cast.send("route", route="full", channel="manual", has_mersis="evet")
    record = cast.record(PRE_APPLICATION)
    assert (cast.now().route, record.state) == (Route.FULL, rung)
    assert record.turn == ("staff" if rung == "submitted" else "company")
