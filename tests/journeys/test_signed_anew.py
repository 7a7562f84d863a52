"""Files of a round of corrections go in place: the whole page says so without a reload, and the last leads on."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from onboarding.actions.pre_application import submission
from onboarding.steps import PRE_APPLICATION
from tests.journeys.seat import seat, session_of
from tests.scenarios.cast import Cast
from tests.scenarios.ladder import STAFF
from tests.scenarios.papers import blank_pdf

pytestmark = pytest.mark.django_db(transaction=True)
CHANGED = "Bilgiler taahhütname imzalandıktan sonra değişti"
ANSWER = "Değişiklik gerekmiyorsa yanıt yazın"


def test_nothing_asks_for_what_was_just_handed_in_and_nothing_typed_is_lost(site: LiveServer) -> None:
    cast = Cast()
    cast.submitted()
    cast.send("cargo", carrier="Yurtiçi", tracking_number="12345", sent_on="2026-03-02")
    remarks = [("address", "Kapı no eksik"), ("undertaking", "İmza silik"), ("signature_circular", "Okunmuyor")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    cast.write(address="Ege Caddesi No: 12/4")
    cast.downloads()
    with seat(site, session_of(cast.people["owner"])) as person:
        page = person.page
        page.goto(site.url + reverse("onboarding:pre_application"))
        person.says(CHANGED)
        mine = page.locator(".tasks__task", has_text="İmza silik")
        other = page.locator(".tasks__task", has_text="Okunmuyor")
        expect(mine.get_by_text("Yeniden imzalanmalı", exact=True)).to_be_visible()
        expect(mine.get_by_text(ANSWER)).to_have_count(0)
        other.get_by_text(ANSWER).click()
        typed = other.locator("textarea")
        typed.fill("Bir daha baktık, okunuyor")
        page.evaluate("window.same = true")
        page.locator("#belge-undertaking input[type=file]").first.set_input_files(
            {"name": "yeni.pdf", "mimeType": "application/pdf", "buffer": blank_pdf(2)}
        )
        expect(mine.get_by_text("Düzeltildi", exact=True)).to_be_visible()
        expect(page.get_by_text(CHANGED)).to_have_count(0)
        expect(mine.get_by_text(ANSWER)).to_have_count(0)
        expect(page.get_by_text("(eski taahhütname); yenisini kargolayın")).to_be_visible()
        expect(typed).to_have_value("Bir daha baktık, okunuyor")
        assert page.evaluate("window.same"), "the page was not loaded anew"
        assert person.complaints == []


def test_the_last_file_leads_to_the_review_unless_words_would_be_lost(site: LiveServer) -> None:
    cast = Cast()
    cast.submitted()
    remarks = [("signature_circular", "Okunmuyor"), ("trade_registry_gazette", "Eski")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    with seat(site, session_of(cast.people["owner"])) as person:
        page = person.page

        def choose(kind: str, pages: int) -> None:
            file = {"name": f"{pages}.pdf", "mimeType": "application/pdf", "buffer": blank_pdf(pages)}
            page.locator(f"#file-{kind}").set_input_files(file)  # type: ignore[arg-type]

        page.goto(site.url + reverse("onboarding:pre_application"))
        item = page.locator(".tasks__task", has_text="Okunmuyor")
        item.get_by_text(ANSWER).click()
        typed = item.locator("textarea")
        typed.fill("Bir daha taradık")
        choose("signature_circular", 2)
        expect(item.get_by_text("Düzeltildi", exact=True)).to_be_visible()
        choose("trade_registry_gazette", 3)
        expect(page.locator("#belge-trade_registry_gazette .files__file--done")).to_contain_text("yüklendi.")
        expect(page.locator("#ne-kaldi").get_by_role("link", name="Gözden geçir")).to_be_visible()
        expect(typed).to_have_value("Bir daha taradık")
        typed.fill("")
        choose("trade_registry_gazette", 4)
        page.wait_for_url(f"**{reverse('onboarding:review')}")
        person.says("gazete")
        assert person.complaints == []
