"""Two colleagues at the same cases, in a real Chromium: who has what, put off, filtered, worded."""

import re

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from onboarding.actions import casework
from onboarding.models import CaseHolder, ReminderRule
from onboarding.steps import PRE_APPLICATION
from tests.journeys.seat import apart, seat, session_of, unfold
from tests.onboarding.admin.test_queue import QUEUE, waits
from tests.scenarios.ladder import submitted
from tests.scenarios.support import REVIEW, Support, colleague

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "Yetki belgesi eksik."


@pytest.mark.parametrize("width", [1280, 390])
def test_two_colleagues_never_decide_one_case(site: LiveServer, width: int) -> None:
    first, second, third = (waits(submitted(), days) for days in (9, 5, 2))
    user, ayse = colleague(*REVIEW), colleague(*REVIEW)
    ayse.full_name = "Ayşe Kaya"
    ayse.save()
    casework.take(application=first, user=ayse)
    # After another test with transactions the rows of migrations are gone.
    usual = {"name": "Destek", "after": 2, "every": 3, "at_most": 3, "to": "staff"}
    ReminderRule.objects.get_or_create(waits_for="staff", step="", state="", active=True, defaults=usual)
    with seat(site, session_of(user), width=width) as person:
        page = person.page

        def fits() -> None:
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            person.accessible()

        person.open(QUEUE)
        expect(page.locator(".due-today")).to_contain_text("Gecikmiş")
        expect(page.get_by_role("row").filter(has_text=first.reference)).to_contain_text("Ayşe Kaya")
        fits()

        # A colleague's case: it is seen, and a decision goes on only when it is taken over knowingly.
        page.get_by_role("link", name=first.reference).click()
        expect(page.locator("[data-holder]")).to_have_text("Ayşe Kaya bakıyor")
        unfold(person)
        expect(page.get_by_role("button", name="Bırak")).to_be_hidden()
        page.get_by_text("Reddet…", exact=True).click()
        page.get_by_label("Neden? Firmaya da yazılır.").fill(WHY)
        page.get_by_label("Bu cümleyi sakla").and_(page.locator(".ends input")).check()
        fits()
        page.get_by_role("button", name="Reddet", exact=True).click()
        asked = page.get_by_role("dialog")
        expect(asked).to_contain_text("Ayşe Kaya bakıyor; üzerinize alırsanız işlem hemen yapılır.")
        expect(asked).to_contain_text("başvuru kapanır")
        fits()
        with page.expect_navigation():
            asked.get_by_role("button", name="Üzerime al: Reddet").click()
        assert apart(lambda: Support(first, user=user).state(PRE_APPLICATION)) == "rejected"

        # The next one is taken by opening it; the bar is in reach wherever one is on the page.
        person.open(QUEUE)
        page.get_by_role("link", name=second.reference).click()
        expect(page.locator("[data-holder]")).to_have_text("Sizde")
        unfold(person)
        assert apart(lambda: CaseHolder.objects.get(application=second).holder) == user
        # At once, without the page being opened again.
        expect(page.get_by_role("button", name="Bırak")).to_be_visible()
        expect(page.get_by_role("button", name="Bende kalsın")).to_be_visible()
        if width > 767:
            expect(page.get_by_text("yarım saat dokunmazsanız boşalır")).to_be_visible()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(page.get_by_role("button", name="Onayla ve İYS'ye gönder")).to_be_in_viewport()
        last = page.locator("tr[data-entry]").last.bounding_box()
        bar = page.locator(".desk").bounding_box()
        assert last
        assert bar
        assert last["y"] + last["height"] <= bar["y"] or bar["y"] + bar["height"] <= last["y"]

        # The sentence of before is put into the reason, to be worded on.
        page.get_by_text("Reddet…", exact=True).click()
        page.locator(".ends").get_by_role("link", name=WHY).click()
        reason = page.get_by_label("Neden? Firmaya da yazılır.")
        expect(reason).to_have_value(WHY)
        expect(reason).to_be_focused()
        page.get_by_role("link", name="Ertele…").click()
        page.get_by_label("Ne olunca").select_option("Firma yanıtlayınca")
        page.get_by_label("Not:", exact=True).fill("Faks gelecek")
        fits()
        person.press("Kaydet")
        expect(page.locator(".put-off")).to_contain_text("firma yanıtlayınca")
        fits()

        # What waits is the third alone, and that list is kept under a name.
        person.open(QUEUE)
        expect(page.get_by_role("link", name=second.reference)).to_have_count(0)
        page.get_by_role("link", name=re.compile("^Ertelenmiş")).click()
        expect(page.get_by_role("link", name=second.reference)).to_be_visible()
        page.get_by_role("link", name=re.compile("^Kimsede değil")).click()
        expect(page.get_by_role("link", name=third.reference)).to_be_visible()
        page.get_by_label("Bu süzgecin adı").fill("Sabah")
        person.press("Kaydet")
        expect(page.get_by_role("link", name="Sabah", exact=True)).to_have_attribute("aria-current", "page")
        fits()
        assert "\n".join(person.complaints) == ""
