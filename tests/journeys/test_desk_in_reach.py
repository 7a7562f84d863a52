"""The decision stays in reach and covers nothing of what is read beneath it, in a real Chromium."""

from collections.abc import Sequence
from functools import partial

import pytest
from playwright.sync_api import FloatRect, Page, expect
from pytest_django.live_server_helper import LiveServer

from onboarding.actions import casework
from onboarding.models import CaseHolder
from tests.faults.world import until
from tests.journeys.seat import apart, at_rest, seat, session_of, unfold
from tests.journeys.stage import chromium
from tests.onboarding.admin.test_corrections import told
from tests.onboarding.admin.test_queue import QUEUE, waits
from tests.scenarios.ladder import at_iys, submitted
from tests.scenarios.support import REVIEW, Support, colleague

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
            at_rest(page)
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
        at_rest(page)
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


def test_on_a_telephone_the_box_leaves_room_for_what_is_read(site: LiveServer) -> None:
    application = waits(submitted(), 9)
    user = colleague(*REVIEW, partner=application.company.partner)
    with seat(site, session_of(user), width=390) as person:
        page = person.page
        high = page.viewport_size["height"] if page.viewport_size else 0
        person.open(QUEUE)
        assert edges(page, "#result_list tbody tr")[0] < high * 0.75
        page.get_by_role("link", name=application.reference).click()
        expect(page.locator("[data-holder]")).to_have_text("Sizde")
        for is_asked in (False, True):
            if is_asked:
                page.get_by_role("button", name="Düzeltme iste: Ticaret Unvanı").click()
            top, bottom = edges(page, ".desk")
            assert bottom - top < high * 0.2
            expect(page.get_by_text("Reddet…", exact=True)).to_be_hidden()
        unfold(person)
        expect(page.get_by_text("Reddet…", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Bırak")).to_be_visible()
        person.accessible()
        assert "\n".join(person.complaints) == ""


def laid(boxes: Sequence[FloatRect | None]) -> list[tuple[float, float]]:
    """How far to the right of the first each stands, and how wide it is."""
    found = [each for each in boxes if each is not None]
    return [(round(each["x"] - found[0]["x"]), round(each["width"])) for each in found]


def test_nothing_moves_under_the_mouse(site: LiveServer) -> None:
    """Neither while the page takes the case, nor when the box grows by what is asked for."""
    application = submitted()
    user = colleague(*REVIEW, partner=application.company.partner)
    session = session_of(user)
    with chromium() as launched:
        context = launched.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        page = context.new_page()
        page.goto(f"{site.url}/destek/onboarding/application/{application.pk}/change/")
        places = [page.get_by_role("button", name="Üzerime al"), page.get_by_role("link", name="Ertele…")]
        before = [each.bounding_box() for each in places]
    with seat(site, session) as person:
        page = person.page
        person.open(f"/destek/onboarding/application/{application.pk}/change/")
        expect(page.locator("[data-holder]")).to_have_text("Sizde")
        places = [page.get_by_role("button", name="Bende kalsın"), page.get_by_role("link", name="Ertele…")]
        after = [each.bounding_box() for each in places]
        assert laid(after) == laid(before)
        for label in ("Ticaret Unvanı", "MERSİS"):
            ask = page.get_by_role("button", name=f"Düzeltme iste: {label}").first
            ask.scroll_into_view_if_needed()
            row = page.locator("tr", has=page.locator(f'[data-label^="{label}"]')).first
            top = row.evaluate(EDGE)["top"]
            ask.click()
            at_rest(page)
            assert abs(row.evaluate(EDGE)["top"] - top) <= 1, label
        assert "\n".join(person.complaints) == ""


@pytest.mark.parametrize("width", [1280, 390])
def test_a_key_moves_nothing_that_is_in_sight(site: LiveServer, width: int) -> None:
    application = submitted()
    user = colleague(*REVIEW, partner=application.company.partner)
    with seat(site, session_of(user), width=width) as person:
        page, keys = person.page, person.page.keyboard
        person.open(f"/destek/onboarding/application/{application.pk}/change/")
        expect(page.locator("[data-holder]")).to_have_text("Sizde")
        page.evaluate("window.scrollTo(0, 900)")
        seen = page.locator("[data-paper][open] .leafing")
        before = seen.evaluate(EDGE)["top"]
        keys.press("a")
        expect(page.locator("dialog[open]")).to_be_visible()
        assert seen.evaluate(EDGE)["top"] == before
        keys.press("Escape")
        at_rest(page)
        assert seen.evaluate(EDGE)["top"] == before
        # By Tab within the box as well.
        keys.press("Shift+Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('.desk'))")
        at_rest(page)
        assert seen.evaluate(EDGE)["top"] == before
        assert "\n".join(person.complaints) == ""


def test_who_only_looked_and_goes_on_lets_go_of_the_case(site: LiveServer) -> None:
    first, second, third = (waits(submitted(), days) for days in (9, 5, 2))
    user = colleague(*REVIEW, partner=first.company.partner)
    casework.give(application=second, to=user, by=user)

    def held() -> set[str]:
        return {each.application.reference for each in CaseHolder.objects.select_related("application")}

    def holds(cases: set[str]) -> bool:
        return apart(held) == cases

    with seat(site, session_of(user)) as person:
        page, keys = person.page, person.page.keyboard
        person.open(f"/destek/onboarding/application/{first.pk}/change/")
        for case, left in ((second, {second}), (third, {second, third})):
            expect(page.locator("[data-holder]")).to_have_text("Sizde")
            with page.expect_navigation():
                keys.press("n")
            expect(page.locator("h1").last).to_contain_text(case.reference)
            expect(page.locator("[data-holder]")).to_have_text("Sizde")
            page.wait_for_timeout(300)
            # What is sent as a page is left may come after the next one.
            until(partial(holds, {each.reference for each in left}), "the first one is let go of, and no other")
        # Who wrote something is at work on it.
        page.get_by_label("Not yaz").fill("Sirküler tamam mı?")
        page.locator("h1").last.click()
        with page.expect_navigation():
            keys.press("n")
        expect(page.locator("h1").last).to_contain_text(first.reference)
        assert third.reference in apart(held)
        assert "\n".join(person.complaints) == ""


def test_what_iys_named_is_passed_on_by_a_key(site: LiveServer) -> None:
    support = Support(at_iys())
    told(support, "Web sitesi adresi açılmıyor.")
    with seat(site, session_of(support.user)) as person:
        page = person.page
        person.open(f"/destek/onboarding/application/{support.application.pk}/change/")
        expect(page.get_by_role("button", name="İYS'nin sözüyle ilet")).to_be_visible()
        page.keyboard.press("e")
        expect(page.get_by_role("combobox", name="Ne düzeltilmeli: Web Sitesi")).to_have_value(
            "Web sitesi adresi açılmıyor."
        )
        expect(page.get_by_role("button", name="Düzeltmeleri iste")).to_be_focused()
        assert "\n".join(person.complaints) == ""


def test_all_that_iys_named_is_passed_on_by_one_press(site: LiveServer) -> None:
    support = Support(at_iys())
    told(support, "Web sitesi adresi açılmıyor. İmza sirkülerinin son sayfası okunmuyor.")
    with seat(site, session_of(support.user)) as person:
        page = person.page
        person.open(f"/destek/onboarding/application/{support.application.pk}/change/")
        page.get_by_role("button", name="Hepsini ilet (2)").click()
        expect(page.locator("[data-asked]")).to_have_text("2 düzeltme istenecek")
        site_reason = page.get_by_role("combobox", name="Ne düzeltilmeli: Web Sitesi")
        expect(site_reason).to_have_value("Web sitesi adresi açılmıyor.")
        expect(page.get_by_role("button", name="Düzeltmeleri iste")).to_be_focused()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator(".messagelist").first).to_contain_text("Düzeltme istendi; firmaya bildirildi.")
        assert "\n".join(person.complaints) == ""
