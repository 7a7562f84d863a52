"""Support's figures on a wide screen and on a telephone, in light and in the dark, by keyboard, without script."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.figures.test_page import Office
from tests.journeys.seat import seat, session_of
from tests.journeys.stage import chromium
from tests.journeys.unscripted import Unscripted
from tests.scenarios.factories import UserFactory
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/destek/figures/figure/"


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_on_the_page_shuts_anybody_out(site: LiveServer, width: int) -> None:
    Office()
    with seat(site, session_of(UserFactory.create(is_staff=True, is_superuser=True)), width=width) as person:
        page = person.page
        person.open("/destek/")
        with page.expect_navigation():
            page.get_by_role("link", name="Rakamlar", exact=True).last.click()
        expect(page.get_by_role("img", name="Altı adımda ilerleme")).to_be_visible()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            person.open(PAGE)  # anew: colours of links change by and by
        page.get_by_role("combobox", name="İş ortağı").select_option(label="Liman Mesaj")
        page.get_by_role("button", name="Göster").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator(".figures table").first).to_contain_text("7")
        person.open(f"{PAGE}?ilk=2026-03-02&son=2026-03-01")
        person.accessible()
        assert [each for each in person.complaints if "422" not in each] == []


def test_without_script_the_days_are_chosen_and_the_file_comes(site: LiveServer) -> None:
    office = Office()
    session = session_of(colleague("view_figure", partner=office.ours))
    with chromium() as launched:
        person = Unscripted(launched, site.url)
        person.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        person.open(PAGE)
        with person.page.expect_navigation():
            person.page.get_by_role("link", name="Geçen ay").click()
        expect(person.page.locator(".figures table").first).to_contain_text("3")
        with person.page.expect_download() as taken:
            person.page.get_by_role("button", name="CSV indir (Altı adımda ilerleme)").click()
        assert taken.value.suggested_filename.startswith("rakamlar-huni-")
        assert person.complaints == []
