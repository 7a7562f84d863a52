"""Brands of the online channel in a real browser: the page stays while they change; also without script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from onboarding.actions.pre_application import online
from onboarding.steps import PRE_APPLICATION
from sandbox.authority import Authority, Kind
from tests.documents.responder import responder
from tests.journeys.seat import seat, session_of
from tests.journeys.stage import chromium
from tests.scenarios.ladder import STAFF
from tests.scenarios.online import Online

pytestmark = pytest.mark.django_db(transaction=True)
ENTRY = "/basvuru/adim/1/bilgi-girisi/"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[str]:
    """Of the owner of a company whose pre-application was approved."""
    cast = Online(Authority.new(), tmp_path)
    with cast.settings, responder(cast.authority) as served:
        cast.review_online(Kind(crl_url=f"{served.url}/crl"))
        online.approve(application=cast.now(), actor=STAFF, expected_version=cast.record(PRE_APPLICATION).version)
        yield session_of(cast.people["owner"])


def add_change_and_remove(page: Page, *, stays: bool) -> None:
    if not stays:
        page.get_by_role("link", name="Marka ekle").click()
    page.get_by_role("button", name="Markayı kaydet").click()
    expect(page.get_by_role("alert")).to_contain_text("En az bir kanalda ulaşılan alıcı sayısını yazın.")
    page.locator("[name=name]").fill("Lodos")
    page.locator("[name=message_recipients]").fill("3.200")
    page.locator("[name=message_identifiers]").fill("LODOS")
    page.get_by_role("button", name="Markayı kaydet").click()
    expect(page.get_by_role("status").filter(has_text="Marka kaydedildi.")).to_be_visible()
    # Its certificate is asked for at once; who has none at hand saves again and goes on.
    expect(page.get_by_text("Bu marka kayıtlı.")).to_be_visible()
    if stays:
        expect(page.locator("#markalar")).to_contain_text("Mesaj: 3.200 alıcı")
    page.locator("[name=message_recipients]").fill("4 100")
    page.get_by_role("button", name="Markayı kaydet").click()
    expect(page.locator("#markalar")).to_contain_text("Mesaj: 4.100 alıcı")
    page.get_by_role("link", name="Düzenle : Lodos").click()
    page.locator("[name=message_recipients]").fill("4200")
    page.get_by_role("button", name="Markayı kaydet").click()
    expect(page.locator("#markalar")).to_contain_text("Mesaj: 4.200 alıcı")
    page.locator("summary", has_text="Çıkar: Lodos").click()
    page.get_by_role("button", name="Evet, çıkar : Lodos").click()
    expect(page.locator("#markalar")).to_contain_text("Henüz marka eklenmedi.")


def test_the_page_stays_while_brands_change(session: str, site: LiveServer) -> None:
    with seat(site, session, width=390) as person:
        person.open(ENTRY)
        person.page.evaluate("window.sameAsBefore = true")
        add_change_and_remove(person.page, stays=True)
        assert person.page.evaluate("window.sameAsBefore"), "the page was loaded anew"
        expect(person.page.get_by_role("status").filter(has_text="çıkarıldı")).to_be_focused()
        person.accessible()
        assert "\n".join(person.complaints) == ""


def test_brands_change_without_javascript(session: str, site: LiveServer) -> None:
    with chromium() as launched:
        context = launched.new_context(java_script_enabled=False)
        context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        page = context.new_page()
        page.goto(site.url + ENTRY)
        add_change_and_remove(page, stays=False)


def test_a_brand_half_typed_is_there_again_after_another_page(session: str, site: LiveServer) -> None:
    with seat(site, session) as person:
        page = person.page
        person.open(ENTRY)
        page.locator("[name=name]").fill("Lodos")
        page.locator("[name=message_recipients]").fill("3.200")
        page.get_by_role("link", name="Sayıları yaz").click()
        page.get_by_role("link", name="Vazgeç").click()
        expect(page.locator("[name=name]")).to_have_value("Lodos")
        expect(page.locator("[name=message_recipients]")).to_have_value("3.200")
        expect(page.locator("[data-draft-note]")).to_have_text("Kaydedilemeden kalan yazdıklarınız yerine kondu.")
        page.locator("[name=message_identifiers]").fill("LODOS")
        page.get_by_role("button", name="Markayı kaydet").click()
        expect(page.locator("#markalar")).to_contain_text("Mesaj: 3.200 alıcı")
        # What arrived is not offered for the next one.
        expect(page.get_by_text("Bu marka kayıtlı.")).to_be_visible()
        page.get_by_role("link", name="Vazgeç").click()
        page.get_by_role("link", name="Marka ekle").click()
        expect(page.locator("#brand-form")).to_have_attribute("action", "/basvuru/adim/1/marka/")
        expect(page.locator("[name=message_recipients]")).to_have_value("")
        expect(page.locator("[name=name]")).not_to_have_value("Lodos")
        assert "\n".join(person.complaints) == ""
