"""Support finds a case from any page, on a wide screen and on a telephone, with script and without."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.finding.people import VKN
from tests.finding.test_page import SEES, Desk
from tests.journeys.seat import seat, session_of
from tests.journeys.stage import Watched, chromium
from tests.journeys.unscripted import Unscripted
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db(transaction=True)


def look(person: Watched, text: str) -> None:
    field = person.page.get_by_label("Bul", exact=True)
    field.fill(text)
    with person.page.expect_navigation():
        field.press("Enter")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_key_leads_to_the_field_and_a_line_to_the_case(site: LiveServer, width: int) -> None:
    desk = Desk()
    with seat(site, session_of(colleague(*SEES, partner=desk.partner)), width=width) as person:
        page = person.page
        person.open("/destek/")
        page.keyboard.press("/")
        expect(page.get_by_label("Bul", exact=True)).to_be_focused()
        page.keyboard.type("isil")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_label("Bul", exact=True)).to_have_value("isil")
        expect(page.get_by_role("heading", name="Firmalar")).to_be_visible()
        person.accessible()
        with page.expect_navigation():
            page.get_by_role("link", name="IŞIL ÇİÇEKÇİLİK SANAYİ VE TİCARET ANONİM ŞİRKETİ").first.click()
        expect(page.locator("h1").last).to_contain_text("P-7KQ4MX")

        look(person, "zeplin 1234567890")
        expect(page.get_by_text("Şöyle arandı:")).to_be_visible()
        person.accessible()
        assert person.complaints == []


def test_without_script_a_number_leads_straight_to_the_case(site: LiveServer) -> None:
    desk = Desk()
    session = session_of(colleague(*SEES, partner=desk.partner))
    with chromium() as launched:
        person = Unscripted(launched, site.url)
        person.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        person.open("/destek/")
        person.accessible()
        look(person, VKN)
        expect(person.page.locator("h1").last).to_contain_text("P-7KQ4MX")
        look(person, "çiçekçilik")
        expect(person.page.get_by_role("heading", name="Firmalar")).to_be_visible()
        person.accessible()
        assert person.complaints == []
