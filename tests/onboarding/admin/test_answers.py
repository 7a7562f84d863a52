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
from tests.scenarios.ladder import at_iys, owner_of, submitted
from tests.scenarios.papers import blank_pdf
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db
TOLD = "Ayşe Hanım, 0850 333 3338, 24 Kasım 10.30"


def record(desk: Support, move: str, step: str = "status_query", **data: Any) -> Any:
    """Opens the form of an answer and sends it with the version that stands in it."""
    page = desk.open("answer", step, move).content.decode()
    expected_version = re.search(r'name="expected_version" value="(\d+)"', page)
    assert expected_version, page
    return desk.send("answer", step, move, **{"expected_version": expected_version[1], "note": TOLD, **data})


def now(desk: Support) -> Application:
    return Application.objects.get(pk=desk.application.pk)


def test_received_keeps_the_number_and_says_who_recorded_it() -> None:
    desk = Support(at_iys())
    answer = record(desk, "received", application_number="mx3zb5ja")
    assert said(answer) == ["Başvuru durumu: İYS başvuruyu aldı"]
    assert answer["Location"] == desk.url("change")
    assert desk.state(STATUS_QUERY) == "received"
    assert now(desk).iys_application_number == "MX3ZB5JA"
    entry = Entry.objects.filter(event=Event.MOVED).latest("pk")
    assert (entry.party, entry.actor, entry.data["recorded_by_staff"]) == (Party.IYS, desk.user, True)
    assert TOLD in entry.text
    assert TOLD in desk.page()


def test_an_answer_without_a_note_is_not_recorded_and_nothing_typed_is_lost() -> None:
    desk = Support(at_iys())
    answer = record(desk, "received", note="", application_number="MX3ZB5JA")
    assert answer.status_code == 422
    assert "Bu alan zorunludur." in words(answer)
    assert 'value="MX3ZB5JA"' in answer.content.decode()
    assert desk.state(STATUS_QUERY) == "waiting"


def test_an_approval_with_codes_finishes_step_2_and_fills_step_3() -> None:
    desk = Support(at_iys())
    record(desk, "approve", iys_code=" 710 482 ", brands="Mavi Deniz, 710482\n\nMavi Deniz, Outlet, 710497\n")
    assert (desk.state(STATUS_QUERY), desk.state(CODE_RECEIPT)) == ("approved", "read")
    reading = desk.application.code_readings.get()
    assert (reading.iys_code, reading.brands) == (
        "710482",
        [{"name": "Mavi Deniz", "code": "710482"}, {"name": "Mavi Deniz, Outlet", "code": "710497"}],
    )
    assert now(desk).iys_code == "", "the company confirms the codes itself"


def test_an_approval_without_codes_leaves_step_3_waiting() -> None:
    desk = Support(at_iys())
    record(desk, "approve")
    assert (desk.state(STATUS_QUERY), desk.state(CODE_RECEIPT)) == ("approved", "waiting")
    assert not desk.application.code_readings.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"iys_code": "MX3ZB5JA"}, "Bu, ön başvuru numaranıza benziyor; İYSKod değildir."),
        ({"iys_code": "12"}, "İYS kodu 4 ile 15 hane arasında, yalnızca rakamlardan oluşur."),
        (
            {"iys_code": "710482", "brands": "Mavi Deniz 710497"},
            "“Mavi Deniz 710497” satırı anlaşılmadı: marka adı, virgül, BrandKod yazın.",
        ),
        ({"iys_code": "710482", "brands": "Mavi Deniz, ABC1"}, "Bu, ön başvuru numaranıza benziyor"),
        (
            {"brands": "Mavi Deniz, 710482"},
            "Markaların kodları İYSKod ile birlikte kaydedilir; İYSKod'u da yazın.",
        ),
    ],
    ids=["application number", "too short", "no comma", "brand with letters", "brands without İYSKod"],
)
def test_a_wrong_code_is_explained_and_nothing_is_recorded(typed: dict[str, str], sentence: str) -> None:
    desk = Support(at_iys())
    answer = record(desk, "approve", **typed)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert desk.state(STATUS_QUERY) == "waiting"
    assert not desk.application.code_readings.exists()


def test_codes_alone_need_the_iyskod() -> None:
    desk = Support(at_iys())
    record(desk, "approve")
    assert record(desk, "read", "code_receipt").status_code == 422
    record(desk, "read", "code_receipt", iys_code="710482", brands="Mavi Deniz, 710482")
    assert desk.state(CODE_RECEIPT) == "read"


def test_changes_that_iys_asks_for_come_to_support_in_iyss_words() -> None:
    desk = Support(at_iys())
    record(desk, "ask_changes", note="Web sitesi açılmıyor")
    assert (desk.state(STATUS_QUERY), desk.record(STATUS_QUERY).turn) == ("changes_asked", Party.STAFF)
    assert desk.application.remarks.get().text == "Web sitesi açılmıyor"
    assert desk.links("ask_changes") == {"status_query"}


def test_a_refusal_comes_to_support_with_its_reason() -> None:
    desk = Support(at_iys())
    record(desk, "refuse", note="Yetkili kişi temsile yetkili değil")
    assert desk.state(STATUS_QUERY) == "refused"
    assert "Son not: Yetkili kişi temsile yetkili değil" in desk.page()


def test_an_offer_keeps_its_links_and_a_payment_finishes_step_4() -> None:
    desk = Support(at_iys())
    owner = owner_of(desk.application)
    record(desk, "approve", iys_code="710482")
    confirmation.confirm(
        application=desk.application, actor=owner, expected_version=desk.record(CODE_RECEIPT).version
    )
    perform(application=desk.application, step=PACKAGE_CONTRACT, move="use_own_mail", actor=owner)
    bad = record(desk, "offer", "package_contract", pay_url="javascript:alert(1)")
    assert bad.status_code == 422
    record(desk, "offer", "package_contract", view_url="https://teklif.example/1", pay_url="teklif.example/ode/1")
    offer = desk.application.offers.get()
    assert (offer.view_url, offer.pay_url) == ("https://teklif.example/1", "https://teklif.example/ode/1")
    perform(application=desk.application, step=PACKAGE_CONTRACT, move="accept", actor=owner)
    record(desk, "payment_received", "package_contract")
    assert desk.state(PACKAGE_CONTRACT) == "confirmed"


def test_the_company_is_told_when_an_answer_gives_it_the_turn() -> None:
    desk = Support(at_iys())
    Letter.objects.all().delete()
    record(desk, "continue_link", note="Kendi sitelerinde devam edilecek")
    assert desk.record(STATUS_QUERY).turn == Party.COMPANY
    assert Letter.objects.get().to == [desk.application.company.members.get().email]


def test_an_answer_on_a_page_that_is_out_of_date_is_refused() -> None:
    desk = Support(at_iys())
    expected_version = desk.record(STATUS_QUERY).version
    record(desk, "received", application_number="MX3ZB5JA")
    answer = desk.send("answer", "status_query", "refuse", note=TOLD, expected_version=expected_version)
    assert said(answer)[-1].startswith("Bu adımı sizden hemen önce başka biri ilerletti.")
    assert desk.state(STATUS_QUERY) == "received"


def test_a_form_that_was_refused_still_knows_which_version_was_seen() -> None:
    desk = Support(at_iys())
    expected_version = desk.record(STATUS_QUERY).version
    record(desk, "received")
    refused = desk.send("answer", "status_query", "refuse", note="", expected_version=expected_version)
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
    desk = Support(at_iys())
    before = Entry.objects.count()
    for answer in (
        desk.open("answer", step, move),
        desk.send("answer", step, move, note=TOLD, expected_version=0),
    ):
        assert (answer.status_code, answer["Location"]) == (302, desk.url("change"))
    assert Entry.objects.count() == before


def test_a_step_that_is_locked_takes_no_answer() -> None:
    desk = Support(submitted())
    answer = record(desk, "approve", iys_code="710482")
    assert said(answer) == ["Bu adım kilitli: önce 1. adım (Ön başvuru) tamamlanmalı."]
    assert (desk.state(PRE_APPLICATION), desk.state(STATUS_QUERY)) == ("submitted", "waiting")
    assert not desk.application.code_readings.exists()


def test_what_shows_an_answer_is_kept_with_it_and_looked_at_by_both_sides() -> None:
    desk = Support(at_iys())
    scan = SimpleUploadedFile("iys-yazisi.pdf", blank_pdf(), content_type="application/pdf")
    record(desk, "received", application_number="MX3ZB5JA", evidence=scan)
    kept = desk.application.company.documents.get(kind="answer")
    assert (kept.name, kept.created_by) == ("iys-yazisi.pdf", desk.user)
    entry = Entry.objects.filter(event=Event.MOVED).latest("pk")
    assert entry.data["document"] == str(kept.pk)
    assert "İYS'nin yanıtının kanıtı" in desk.page()
    owner = signed_in(desk.application.company.memberships.get().user)
    assert "iys-yazisi.pdf" in words(owner.get(reverse("onboarding:documents")))
    # Another answer's evidence stands beside it and replaces nothing.
    record(desk, "refuse", evidence=SimpleUploadedFile("ret.pdf", blank_pdf(2)))
    assert desk.application.company.documents.current().of_kind("answer").count() == 2


def test_evidence_that_is_no_document_is_refused_and_nothing_moves() -> None:
    desk = Support(at_iys())
    answer = record(
        desk, "received", application_number="MX3ZB5JA", evidence=SimpleUploadedFile("a.pdf", b"MZ...")
    )
    assert answer.status_code == 422
    assert 'value="MX3ZB5JA"' in answer.content.decode()
    assert desk.state(STATUS_QUERY) == "waiting"
    assert not desk.application.company.documents.of_kind("answer").exists()


def test_evidence_of_an_answer_that_comes_too_late_is_not_kept() -> None:
    desk = Support(at_iys())
    expected_version = desk.record(STATUS_QUERY).version
    record(desk, "received")
    scan = SimpleUploadedFile("iys-yazisi.pdf", blank_pdf())
    desk.send("answer", "status_query", "refuse", note=TOLD, expected_version=expected_version, evidence=scan)
    assert desk.state(STATUS_QUERY) == "received"
    assert not desk.application.company.documents.of_kind("answer").exists()
