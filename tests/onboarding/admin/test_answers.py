"""What İYS said by telephone or on paper, recorded by support: it moves a step as a verified mail does."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from correspondence.models import Letter
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.codes import confirmation
from onboarding.models import Application
from onboarding.steps import CODE_RECEIPT, PACKAGE_CONTRACT, PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import perform
from tests.scenarios.browser import said, signed_in, words
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import at_iys, owner_of, submitted
from tests.scenarios.papers import blank_pdf
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db
TOLD = "Ayşe Hanım, 0850 333 3338, 24 Kasım 10.30"


def record(support: Support, move: str, step: str = "status_query", **data: Any) -> Any:
    """Opens the form of an answer and sends it with the version that stands in it."""
    page = support.open("answer", step, move).content.decode()
    expected_version = re.search(r'name="expected_version" value="(\d+)"', page)
    assert expected_version, page
    return support.send("answer", step, move, **{"expected_version": expected_version[1], "note": TOLD, **data})


def now(support: Support) -> Application:
    return Application.objects.get(pk=support.application.pk)


def test_received_keeps_the_number_and_says_who_recorded_it() -> None:
    support = Support(at_iys())
    answer = record(support, "received", application_number="mx3zb5ja")
    assert said(answer) == ["Yapıldı. Başvuru durumu: İYS başvuruyu aldı"]
    assert answer["Location"] == support.url("change")
    assert support.state(STATUS_QUERY) == "received"
    assert now(support).iys_application_number == "MX3ZB5JA"
    entry = Entry.objects.filter(event=Event.MOVED).latest("pk")
    assert (entry.party, entry.actor, entry.data["recorded_by_staff"]) == (Party.IYS, support.user, True)
    assert TOLD in entry.text
    assert TOLD in support.page()


def test_who_reads_it_and_who_acts_then_is_said_before() -> None:
    support = Support(at_iys())
    for move, follows in (("received", "Kaydedince sıra: İYS."), ("approve", "Kaydedince adım tamamlanır.")):
        page = words(support.open("answer", "status_query", move))
        assert follows in page
        assert "Günlüğe ve firmanın gördüğü nota yazılır." in page


def test_codes_that_another_company_has_are_named_before_they_are_recorded_again() -> None:
    other, cast = Cast(trade_name="Öteki Ticaret Limited Şirketi"), Cast()
    other.choosing()
    cast.at_iys()
    cast.codes_read()
    cast.send("confirm_codes", expected_version=cast.record(CODE_RECEIPT).version)
    page = words(Support(cast.now()).open("answer", "code_receipt", "read"))
    assert f"Firma bu kodları onaylayamaz: {cast.code} başka bir firmanın kaydında." in page


def test_an_answer_without_a_note_is_not_recorded_and_nothing_typed_is_lost() -> None:
    support = Support(at_iys())
    answer = record(support, "received", note="", application_number="MX3ZB5JA")
    assert answer.status_code == 422
    assert "Bu alan zorunludur." in words(answer)
    assert 'value="MX3ZB5JA"' in answer.content.decode()
    assert support.state(STATUS_QUERY) == "waiting"


def test_what_was_typed_stands_there_again_when_the_case_changed_meanwhile() -> None:
    support = Support(at_iys())
    evidence = SimpleUploadedFile("tarama.pdf", blank_pdf(), content_type="application/pdf")
    answer = record(
        support, "received", application_number="MX3ZB5JA", note=TOLD, expected_version="99", evidence=evidence
    )
    shown = words(answer)
    assert answer.status_code == 422
    assert "Bu adım siz yazarken ilerledi, yanıt kaydedilmedi." in shown
    assert "Yazdıklarınız duruyor. Kanıt dosyasını yeniden seçin." in shown
    assert TOLD in shown
    assert 'value="MX3ZB5JA"' in answer.content.decode()
    assert support.state(STATUS_QUERY) == "waiting"
    version = re.search(r'name="expected_version" value="(\d+)"', answer.content.decode())
    assert version is not None
    again = support.send(
        "answer", "status_query", "received", expected_version=version[1], note=TOLD, application_number="MX3ZB5JA"
    )
    assert said(again) == ["Yapıldı. Başvuru durumu: İYS başvuruyu aldı"]
    assert support.state(STATUS_QUERY) == "received"


def test_an_approval_with_codes_finishes_step_2_and_fills_step_3() -> None:
    support = Support(at_iys())
    record(support, "approve", iys_code=" 710 482 ", brands="Mavi Deniz, 710482\n\nMavi Deniz, Outlet, 710497\n")
    assert (support.state(STATUS_QUERY), support.state(CODE_RECEIPT)) == ("approved", "read")
    reading = support.application.code_readings.get()
    assert (reading.iys_code, reading.brands) == (
        "710482",
        [{"name": "Mavi Deniz", "code": "710482"}, {"name": "Mavi Deniz, Outlet", "code": "710497"}],
    )
    assert now(support).iys_code == "", "the company confirms the codes itself"


def test_an_approval_without_codes_leaves_step_3_waiting() -> None:
    support = Support(at_iys())
    record(support, "approve")
    assert (support.state(STATUS_QUERY), support.state(CODE_RECEIPT)) == ("approved", "waiting")
    assert not support.application.code_readings.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"iys_code": "MX3ZB5JA"}, "Bu, ön başvuru numaranıza benziyor; İYSKod değildir."),
        ({"iys_code": "12"}, "Kod 4 ile 15 hane arasında, yalnızca rakamlardan oluşur."),
        (
            {"iys_code": "710482", "brands": "Mavi Deniz"},
            "“Mavi Deniz” satırı anlaşılmadı: marka adını ve BrandKod'unu yazın.",
        ),
        ({"iys_code": "710482", "brands": "Mavi Deniz, ABC1"}, "Bu, ön başvuru numaranıza benziyor"),
        (
            {"brands": "Mavi Deniz, 710482"},
            "Markaların kodları İYSKod ile birlikte kaydedilir; İYSKod'u da yazın.",
        ),
    ],
    ids=["application number", "too short", "no code", "brand with letters", "brands without İYSKod"],
)
def test_a_wrong_code_is_explained_and_nothing_is_recorded(typed: dict[str, str], sentence: str) -> None:
    support = Support(at_iys())
    answer = record(support, "approve", **typed)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert support.state(STATUS_QUERY) == "waiting"
    assert not support.application.code_readings.exists()


def test_codes_alone_need_the_iyskod() -> None:
    support = Support(at_iys())
    record(support, "approve")
    assert record(support, "read", "code_receipt").status_code == 422
    record(support, "read", "code_receipt", iys_code="710482", brands="Mavi Deniz, 710482")
    assert support.state(CODE_RECEIPT) == "read"


def test_changes_that_iys_asks_for_come_to_support_in_iyss_words() -> None:
    support = Support(at_iys())
    record(support, "ask_changes", note="Web sitesi açılmıyor")
    assert (support.state(STATUS_QUERY), support.record(STATUS_QUERY).turn) == ("changes_asked", Party.STAFF)
    assert support.application.remarks.get().text == "Web sitesi açılmıyor"
    assert support.links("ask_changes") == {"status_query"}


def test_a_refusal_comes_to_support_with_its_reason() -> None:
    support = Support(at_iys())
    record(support, "refuse", note="Yetkili kişi temsile yetkili değil")
    assert support.state(STATUS_QUERY) == "refused"
    assert "İYS'nin notu: Yetkili kişi temsile yetkili değil" in support.page()


def test_an_offer_keeps_its_links_and_a_payment_finishes_step_4() -> None:
    support = Support(at_iys())
    owner = owner_of(support.application)
    record(support, "approve", iys_code="710482")
    confirmation.confirm(
        application=support.application, actor=owner, expected_version=support.record(CODE_RECEIPT).version
    )
    perform(application=support.application, step=PACKAGE_CONTRACT, move="use_own_mail", actor=owner)
    bad = record(support, "offer", "package_contract", pay_url="javascript:alert(1)")
    assert bad.status_code == 422
    record(
        support, "offer", "package_contract", view_url="https://teklif.example/1", pay_url="teklif.example/ode/1"
    )
    offer = support.application.offers.get()
    assert (offer.view_url, offer.pay_url) == ("https://teklif.example/1", "https://teklif.example/ode/1")
    perform(application=support.application, step=PACKAGE_CONTRACT, move="accept", actor=owner)
    record(support, "payment_received", "package_contract")
    assert support.state(PACKAGE_CONTRACT) == "confirmed"


def test_the_company_is_told_when_an_answer_gives_it_the_turn() -> None:
    support = Support(at_iys())
    Letter.objects.all().delete()
    record(support, "continue_link", note="Kendi sitelerinde devam edilecek")
    assert support.record(STATUS_QUERY).turn == Party.COMPANY
    assert Letter.objects.get().to == [support.application.company.members.get().email]


def test_an_answer_on_a_page_that_is_out_of_date_is_refused() -> None:
    support = Support(at_iys())
    expected_version = support.record(STATUS_QUERY).version
    record(support, "received", application_number="MX3ZB5JA")
    answer = support.send("answer", "status_query", "refuse", note=TOLD, expected_version=expected_version)
    assert "Bu adım siz yazarken ilerledi, yanıt kaydedilmedi." in words(answer)
    assert support.state(STATUS_QUERY) == "received"


def test_a_form_that_was_refused_still_knows_which_version_was_seen() -> None:
    support = Support(at_iys())
    expected_version = support.record(STATUS_QUERY).version
    record(support, "received")
    refused = support.send("answer", "status_query", "refuse", note="", expected_version=expected_version)
    assert refused.status_code == 422
    assert f'name="expected_version" value="{expected_version}"' in refused.content.decode()


@pytest.mark.parametrize(
    ("step", "move"),
    [
        ("status_query", "open_correction"),
        ("pre_application", "approve"),
        ("status_query", "yok"),
        ("yok", "approve"),
    ],
)
def test_only_iyss_own_words_can_be_recorded(step: str, move: str) -> None:
    support = Support(at_iys())
    before = Entry.objects.count()
    for answer in (
        support.open("answer", step, move),
        support.send("answer", step, move, note=TOLD, expected_version=0),
    ):
        assert (answer.status_code, answer["Location"]) == (302, support.url("change"))
    assert Entry.objects.count() == before


def test_a_step_that_is_locked_takes_no_answer() -> None:
    support = Support(submitted())
    answer = record(support, "approve", iys_code="710482")
    assert "Bu adım kilitli: önce 1. adım (Ön başvuru) tamamlanmalı. Yazdıklarınız duruyor." in words(answer)
    assert 'value="710482"' in answer.content.decode()
    assert (support.state(PRE_APPLICATION), support.state(STATUS_QUERY)) == ("submitted", "waiting")
    assert not support.application.code_readings.exists()


def test_what_shows_an_answer_is_kept_with_it_and_looked_at_by_both_sides() -> None:
    support = Support(at_iys())
    scan = SimpleUploadedFile("iys-yazisi.pdf", blank_pdf(), content_type="application/pdf")
    record(support, "received", application_number="MX3ZB5JA", evidence=scan)
    kept = support.application.company.documents.get(kind="answer")
    assert (kept.name, kept.created_by) == ("iys-yazisi.pdf", support.user)
    entry = Entry.objects.filter(event=Event.MOVED).latest("pk")
    assert entry.data["document"] == str(kept.pk)
    assert "İYS'nin yanıtının kanıtı" in support.page()
    owner = signed_in(support.application.company.memberships.get().user)
    assert "iys-yazisi.pdf" in words(owner.get(reverse("onboarding:documents")))
    # Another answer's evidence stands beside it and replaces nothing.
    record(support, "refuse", evidence=SimpleUploadedFile("ret.pdf", blank_pdf(2)))
    assert support.application.company.documents.current().of_kind("answer").count() == 2


def test_evidence_that_is_no_document_is_refused_and_nothing_moves() -> None:
    support = Support(at_iys())
    answer = record(
        support, "received", application_number="MX3ZB5JA", evidence=SimpleUploadedFile("a.pdf", b"MZ...")
    )
    assert answer.status_code == 422
    assert 'value="MX3ZB5JA"' in answer.content.decode()
    assert support.state(STATUS_QUERY) == "waiting"
    assert not support.application.company.documents.of_kind("answer").exists()


def test_evidence_of_an_answer_that_comes_too_late_is_not_kept() -> None:
    support = Support(at_iys())
    expected_version = support.record(STATUS_QUERY).version
    record(support, "received")
    scan = SimpleUploadedFile("iys-yazisi.pdf", blank_pdf())
    support.send("answer", "status_query", "refuse", note=TOLD, expected_version=expected_version, evidence=scan)
    assert support.state(STATUS_QUERY) == "received"
    assert not support.application.company.documents.of_kind("answer").exists()


def test_the_codes_that_are_known_stand_there_and_the_first_empty_field_has_the_focus() -> None:
    cast = Cast()
    cast.at_iys()
    cast.codes_read()
    support = Support(cast.now())
    answer = support.open("answer", "code_receipt", "read")
    form = answer.context["form"]
    reading = confirmation.latest_reading(cast.now())
    assert reading is not None
    assert form["iys_code"].value() == reading.iys_code
    assert form["brands"].value() == "\n".join(f"{each['name']}, {each['code']}" for each in reading.brands)
    assert "İYS'nin yanıtını kaydet: Kodlar okundu" in words(answer)
    focused = re.findall(r"<(?:input|textarea|select)[^>]* autofocus", answer.content.decode())
    assert len(focused) == 1
    assert 'name="note"' in focused[0]


def test_putting_off_begins_in_its_first_field() -> None:
    page = Support(submitted()).open("snooze").content.decode()
    assert re.findall(r'<select name="event"[^>]* autofocus', page)


def test_a_form_sent_from_within_the_page_is_told_where_to_go_on() -> None:
    """A script that is redirected has read the messages of the next page, which nobody sees then."""
    support = Support(at_iys())
    url = reverse("admin:onboarding_application_answer", args=[support.application.pk, "status_query", "received"])
    sent = {"note": TOLD, "expected_version": support.application.records.get(step=STATUS_QUERY.key).version}
    answer = support.client.post(url, sent, headers={"X-In-Place": "1"})
    assert answer.json() == {"next": support.url("change")}
    assert "Yapıldı. Başvuru durumu: İYS başvuruyu aldı" in support.page()
