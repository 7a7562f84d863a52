"""İYS asks for corrections first: its words become ticks, the ticks open two things."""

import re
from pathlib import Path

import httpx
from playwright.sync_api import expect

from launch.company import FIELDS
from tests.journeys.journey import Journey
from tests.journeys.stage import Watched, chromium, portal
from tests.scenarios.papers import blank_pdf


def support_opens_what_iys_named(journey: Journey) -> None:
    """The ticks stand already where İYS's words point; support only saves."""
    journey.open_application()
    page = journey.support.page
    page.get_by_role("link", name="Firmaya ilet…").click()
    assert page.locator("[name=open_website]").is_checked()
    assert page.locator("[name=open_signature_circular]").is_checked()
    assert "okunmuyor" in page.input_value("[name=signature_circular]")
    assert page.input_value("[name=address]") == ""
    page.get_by_role("button", name="Düzeltmeyi iste").click()
    page.wait_for_load_state()


def company_corrects(journey: Journey) -> None:
    owner = journey.owner
    owner.press("Düzeltmeye başla")
    row = owner.page.locator("#belge-signature_circular")
    better = journey.scan.with_name("sirkuler-yeni.pdf")
    better.write_bytes(blank_pdf(2))
    owner.choose_file(row.locator("#file-signature_circular"), better)
    row.get_by_role("link", name="sirkuler-yeni.pdf", exact=True).wait_for()
    item = owner.page.locator(".tasks__task", has_text="İmza sirküleri:")
    expect(item.get_by_text("Düzeltildi", exact=True)).to_be_visible()
    owner.press("Bilgileri değiştir")
    assert owner.page.locator("form.card input:not([type=hidden])").count() == 1, (
        "more than the named field is open"
    )
    owner.fill(website="https://www.kuzeyruzgari.example")
    owner.press("Kaydet ve devam et")
    journey.sign_anew()
    owner.press("Onaylıyorum, gönderin")


def test_a_round_of_corrections_and_a_stranger_who_knows_the_number(tmp_path: Path) -> None:
    with portal(tmp_path / "var") as stack, chromium() as launched:
        owner, support = Watched(launched, stack.portal_url), Watched(launched, stack.portal_url)
        journey = Journey(stack, owner, support, tmp_path)
        assert httpx.post(f"{stack.sandbox_url}/api/behaviour", json={"changes_first": True}).status_code == 200
        journey.sign_up()
        journey.pre_application()
        journey.support_signs_in()
        journey.press_move("Onayla ve İYS'ye gönder")
        journey.until("/basvuru/adim/2/", "destek ekibi hazırlıyor")
        support_opens_what_iys_named(journey)
        journey.until("/basvuru/adim/2/", "Yalnızca bunlar yeniden açıldı")
        company_corrects(journey)
        journey.press_move("Düzeltmeyi İYS'ye gönder")
        journey.codes()
        owner.open("/basvuru/adim/2/")
        owner.page.get_by_text("İYS'nin istediği düzeltmeler").click()
        words = owner.page.inner_text("main")
        assert "1. tur" in words
        reference = re.search(r"P-[A-Z0-9]{6}", words)
        assert reference is not None
        visitor = Watched(launched, stack.portal_url, width=390)
        visitor.open("/basvuru-durumu/")
        visitor.fill(number=reference[0].lower(), email=FIELDS["signatory_email"])
        visitor.page.get_by_text("Güvenlik denetimi tamamlandı.").wait_for(timeout=30_000)
        visitor.press("Devam Et")
        visitor.says("İYS başvurunuzu onayladı")
        for person in (owner, support, visitor):
            assert "\n".join(person.complaints) == ""
