"""İYS has the brands or last year's figures of an online application corrected: exactly what is named opens."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from brands.models import Brand, YearlyFigures
from correspondence.models import Letter
from correspondence.outgoing.outbox import body_of
from documents.models import Document
from onboarding.actions.pre_application import submission
from onboarding.actor import IYS, SYSTEM
from onboarding.mail import answers
from onboarding.models import Application
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from sandbox.authority import Authority
from tests.scenarios.browser import words
from tests.scenarios.ladder import STAFF, at_iys
from tests.scenarios.online import BRAND, ZEROS, Online
from tests.scenarios.papers import blank_pdf, upload
from tests.scenarios.support import Support

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(authority: Authority, trust: Path) -> Iterator[Online]:
    """An online application that İYS has asked changes of."""
    company = Online(authority, trust)
    with company.settings:
        company.entered()
        company.move(PRE_APPLICATION, "approve")
        company.move(PRE_APPLICATION, "letter_sent", SYSTEM)
        says(company.now(), "Marka tescil belgesi okunmuyor; istatistiksel bilgiler eksik.")
        yield company


def says(application: Application, text: str) -> None:
    answers.take(
        application=application, step=STATUS_QUERY, move="ask_changes", extracted={}, actor=IYS, reason=text
    )


def asked(cast: Online, *keys: str) -> None:
    remarks = [(key, f"{key} hatalı") for key in keys]
    submission.ask_changes(application=cast.now(), step=STATUS_QUERY, remarks=remarks, actor=STAFF)


def test_support_is_offered_both_ticked_by_iyss_words_and_opens_what_it_leaves_ticked(cast: Online) -> None:
    support = Support(cast.now())
    page = support.open("ask_changes", "status_query")
    assert "Markalar düzeltilsin" in words(page)
    assert page.context["form"]["statistics"].value() == "istatistiksel bilgiler eksik."
    expected_version = cast.record(STATUS_QUERY).version
    support.send(
        "ask_changes",
        "status_query",
        expected_version=expected_version,
        open_brands="on",
        brands="Okunmuyor",
        statistics="Eksik",
    )
    assert submission.open_fields(cast.now()) == frozenset({"brands"})


def test_figures_are_nothing_that_a_company_of_the_manual_channel_has_given() -> None:
    support = Support(at_iys())
    says(support.application, "Marka ve istatistiksel bilgiler eksik")
    fields = support.open("ask_changes", "status_query").context["form"].fields
    assert fields["brands"].label == "Marka adları"
    assert "statistics" not in fields


def test_what_is_not_named_stays_closed(cast: Online) -> None:
    asked(cast, "website")
    brand = Brand.objects.get()
    page = cast.open("pre_application")
    assert "Marka ve istatistik bilgilerine git" not in page.links
    assert "Çevrim içi başvuru" in cast.open("info_entry")
    cast.send("add_brand", **{**BRAND, "name": "Poyraz"})
    cast.send("edit_brand", brand.pk, **{**BRAND, "message_recipients": "1"})
    cast.send("remove_brand", brand.pk)
    cast.send("figures", **ZEROS)
    assert [(each.name, each.reaches.get(channel="message").recipients) for each in Brand.objects.all()] == [
        ("Lodos", 3200)
    ]
    assert cast.company.yearly_figures.get(channel="message").sent == 48000


def test_named_brands_open_on_their_own_screen_and_figures_do_not(cast: Online) -> None:
    asked(cast, "brands")
    page = cast.open("pre_application")
    assert "brands hatalı" in page
    assert "Bilgileri değiştir" not in page.links
    page = cast.open("info_entry")
    assert "Markalar: brands hatalı" in page
    assert {"Marka ekle", "Gözden geçir"} <= page.links.keys()
    assert "Değiştir" not in page.links
    assert "Başvuruyu Tamamla" not in page.buttons
    assert "Marka ekle" not in cast.open("info_entry", role="viewer").links
    cast.send("figures", **ZEROS)
    assert cast.company.yearly_figures.get(channel="message").sent == 48000
    cast.send("remove_brand", Brand.objects.get().pk)
    assert "En az bir marka ekleyin." in cast.open("review")
    cast.send("submit")
    assert cast.state(STATUS_QUERY) == "correcting"


def test_the_correction_is_shown_frozen_and_written_to_iys(cast: Online) -> None:
    asked(cast, "brands", "statistics")
    brand, certificate = Brand.objects.get(), upload(blank_pdf(2), "yeni.pdf")
    cast.send("edit_brand", brand.pk, certificate=certificate, **{**BRAND, "message_recipients": "4100"})
    cast.send("figures", **{**ZEROS, "message_sent": "51000"})
    page = cast.open("review")
    assert "Lodos Mesaj 4.100 alıcı (LODOS)" in page
    assert "Mesaj 51.000 gönderim" in page
    cast.touch_all()
    cast.press("review", "submit")
    assert cast.state(STATUS_QUERY) == "re_review"
    cast.send("figures", **ZEROS)
    assert cast.company.yearly_figures.get(channel="message").sent == 51000
    expected_version = Support(cast.now()).page()
    for changed in ("Markalar", "Marka tescil belgeleri", "İstatistiksel bilgiler"):
        assert changed in expected_version
    cast.move(STATUS_QUERY, "send_correction")
    letter = Letter.objects.get(audience="iys", step_key="status_query")
    text = body_of(letter).text
    assert "- Lodos: Mesaj 4.100 alıcı (LODOS)" in text
    assert "Mesaj: 51.000 gönderim" in text
    newest = Document.objects.get(kind="brand_certificate", replaced_by=None)
    assert newest.pk in letter.attachments.values_list("document", flat=True)


def test_a_letter_that_could_not_be_sent_is_shown_again_before_it_goes_changed(
    authority: Authority, trust: Path
) -> None:
    cast = Online(authority, trust)
    with cast.settings:
        cast.entered()
        cast.move(PRE_APPLICATION, "approve")
        cast.move(PRE_APPLICATION, "letter_failed", SYSTEM, "Adres kabul edilmedi")
        remarks = [("brands", "Kısa isim eksik")]
        submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
        cast.send("edit_brand", Brand.objects.get().pk, **{**BRAND, "message_identifiers": "LODOS, POYRAZ"})
        assert "LODOS, POYRAZ" in cast.open("review")
        assert "Mektup siz baktıktan sonra değişti." in cast.press("review", "submit", letter="eski")
        assert cast.state(PRE_APPLICATION) == "changes_asked"
        cast.touch_all()
        cast.press("review", "submit")
        assert cast.state(PRE_APPLICATION) == "submitted"


def test_figures_given_in_december_stand_in_a_letter_of_january(cast: Online) -> None:
    YearlyFigures.objects.update(year=2024)
    asked(cast, "brands")
    assert "Mesaj 48.000 gönderim" in cast.open("review")
