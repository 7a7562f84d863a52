"""The decision stays in reach and covers nothing of what is read beneath it, in a real Chromium."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.seat import seat, session_of
from tests.journeys.stage import chromium
from tests.scenarios.ladder import submitted
from tests.scenarios.support import REVIEW, colleague

pytestmark = pytest.mark.django_db(transaction=True)
EDGE = "each => each.getBoundingClientRect()"


def edges(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.evaluate(EDGE)
    return box["top"], box["bottom"]


def test_what_is_read_stands_below_the_box_however_high_it_is(site: LiveServer) -> None:
    application = submitted()
    user = colleague(*REVIEW, partner=application.company.partner)
    with seat(site, session_of(user)) as person:
        page = person.page
        person.open(f"/destek/onboarding/application/{application.pk}/change/")
        page.get_by_text("Reddet…", exact=True).click()
        for _opened in (True, False):
            # In the midst of the paper, the columns stand still.
            page.locator("[data-paper][open] .sheet").evaluate(
                "each => window.scrollTo(0, scrollY + each.getBoundingClientRect().top)"
            )
            page.wait_for_timeout(100)
            top, bottom = edges(page, ".desk")
            assert top == 0
            assert edges(page, "[data-paper][open] .leafing")[0] >= bottom - 1
            assert edges(page, ".beside > .module")[0] >= bottom
            assert edges(page, ".beside > .module")[1] <= 900
            page.get_by_text("Reddet…", exact=True).click()
        assert "\n".join(person.complaints) == ""


def test_on_a_telephone_the_end_of_the_page_can_be_scrolled_free(site: LiveServer) -> None:
    application = submitted()
    user = colleague(*REVIEW, partner=application.company.partner)
    with seat(site, session_of(user), width=390) as person:
        page = person.page
        person.open(f"/destek/onboarding/application/{application.pk}/change/")
        page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_timeout(100)
        assert edges(page, "[data-entry] >> nth=-1")[1] <= edges(page, ".desk")[0]
        assert "\n".join(person.complaints) == ""


@pytest.mark.parametrize("width", [1280, 390])
def test_without_script_nothing_stays_over_anything(site: LiveServer, width: int) -> None:
    application = submitted()
    session = session_of(colleague(*REVIEW, partner=application.company.partner))
    with chromium() as launched:
        context = launched.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        page = context.new_page()
        page.goto(f"{site.url}/destek/onboarding/application/{application.pk}/change/")
        for stays in (".desk", ".beside > .module"):
            expect(page.locator(stays).first).to_have_css("position", "static")
