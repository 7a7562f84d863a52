"""“Kaydedildi” stands beside what is stored and beside nothing else: slow lines, failing servers, a colleague in
the same form, somebody else at the same computer, a page that has grown old."""

import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from documents import disclosure
from onboarding.actions.pre_application import submission
from onboarding.models import ApplicationForm
from onboarding.steps import PRE_APPLICATION
from tenancy.models import Company
from tests.journeys.seat import apart, seat, session_of
from tests.journeys.stage import PATIENCE
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn
from tests.scenarios.ladder import STAFF

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = "/basvuru/adim/1/bilgiler/"
FIRM, CONTACT, SIGNATORY = f"{PAGES}firma/", f"{PAGES}iletisim/", f"{PAGES}imza-yetkilisi/"
# A folder that the pictures of the screens go to, for who looks at them.
PICTURES = os.environ.get("UPLOAD_PICTURES")
NOTE = "[data-draft-note]"


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.send("mersis_question", has_mersis="evet")
    return found


def type_in(page: Page, name: str, text: str) -> None:
    """Types and goes on to the next field, as with the key Tab."""
    field = page.locator(f"[name={name}]")
    field.fill(text)
    field.press("Tab")


def saved(page: Page, name: str, words: str = "Kaydedildi") -> None:
    mark = page.locator(".field", has=page.locator(f"[name={name}]")).locator(".draft-mark")
    expect(mark).to_contain_text(words)


def unsaid(page: Page, name: str) -> None:
    mark = page.locator(".field", has=page.locator(f"[name={name}]")).locator(".draft-mark")
    assert not mark.count() or mark.inner_text() == "", f"nothing of {name} is stored yet"


def of_company(name: str) -> Any:
    return apart(lambda: getattr(Company.objects.get(), name))


def of_form(name: str) -> Any:
    return apart(lambda: getattr(ApplicationForm.objects.get(), name))


class Held:
    """Posts of the page wait until they are let go."""

    def __init__(self, page: Page) -> None:
        self.page, self.waiting = page, list[Route]()
        page.route(f"**{PAGES}**", self._hold)

    def _hold(self, route: Route) -> None:
        if route.request.method == "POST":
            self.waiting.append(route)
        else:
            route.continue_()

    def one(self) -> Route:
        self.page.wait_for_function("() => true")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.waiting:
                return self.waiting.pop(0)
            self.page.wait_for_timeout(25)
        raise AssertionError("the page sent nothing")

    def end(self) -> None:
        self.page.unroute(f"**{PAGES}**")
        for route in self.waiting:
            route.abort()


def test_saved_is_said_of_what_is_stored_alone(site: LiveServer, cast: Cast) -> None:
    number = tckn(7)
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        page = person.page
        page.goto(site.url + FIRM)
        type_in(page, "tax_office", "Kemeraltı")
        saved(page, "tax_office")
        expect(page.locator("[name=address]")).to_be_focused()
        unsaid(page, "address")

        # On a slow line the answer about A comes when B is there already.
        held = Held(page)
        type_in(page, "tax_office", "Kadıköy")
        first = held.one()
        type_in(page, "tax_office", "Üsküdar")
        first.continue_()
        second = held.one()
        unsaid(page, "tax_office")
        assert of_company("tax_office") == "Kadıköy"
        assert "Kaydedildi" not in page.locator(NOTE).inner_text()
        second.continue_()
        saved(page, "tax_office")
        assert of_company("tax_office") == "Üsküdar"
        # Whoever types back what stood there while it is on its way means it.
        type_in(page, "tax_office", "Kadıköy")
        first = held.one()
        type_in(page, "tax_office", "Üsküdar")
        first.continue_()
        held.one().continue_()
        saved(page, "tax_office")
        held.end()
        assert of_company("tax_office") == "Üsküdar"

        # A server that fails is no line that is down; what was typed waits, and is called kept when it is.
        page.clock.install()
        failed: list[str] = []

        def fail(route: Route) -> None:
            failed.append(route.request.url)
            route.fulfill(status=500 if len(failed) % 2 else 429)

        page.route(f"**{FIRM}", fail)
        type_in(page, "address", "Ege Caddesi No: 1")
        expect(page.locator(NOTE)).to_contain_text("Şu anda kaydedilemedi")
        unsaid(page, "address")
        for _minute in range(10):
            page.clock.run_for(60_000)
            page.wait_for_timeout(50)
        assert 3 <= len(failed) <= 8, f"{len(failed)} times in ten minutes"
        page.unroute(f"**{FIRM}")
        page.evaluate("window.dispatchEvent(new Event('online'))")
        saved(page, "address")
        assert of_company("address") == "Ege Caddesi No: 1"
        page.clock.resume()

        # What is not stored because the page's text is old is not called kept.
        page.locator("form[data-draft] [name=disclosure]").evaluate("each => each.value = ''")
        type_in(page, "address", "Ege Caddesi No: 2")
        expect(page.locator(NOTE)).to_contain_text(disclosure.NEWER)
        unsaid(page, "address")
        assert of_company("address") == "Ege Caddesi No: 1"
        page.reload()
        saved_again = page.locator("[name=address]")
        expect(saved_again).to_have_value("Ege Caddesi No: 2")
        expect(page.locator(NOTE)).to_contain_text("Kaydedildi")
        assert of_company("address") == "Ege Caddesi No: 2"

        # A number of a person is gone from the page as soon as it is stored.
        page.goto(site.url + SIGNATORY)
        type_in(page, "signatory_identity", number)
        saved(page, "signatory_identity")
        expect(page.locator("[name=signatory_identity]")).to_have_value("")
        hint = page.locator("#id_signatory_identity_helptext")
        expect(hint).to_contain_text(f"Kayıtlı: *******{number[-4:]}")
        type_in(page, "signatory_name", "Çiğdem Işık")
        saved(page, "signatory_name")
        everywhere = (
            "document.documentElement.outerHTML + JSON.stringify(sessionStorage) + JSON.stringify(localStorage)"
        )
        assert number not in page.evaluate(everywhere)
        assert of_form("signatory_identity") == number

        # Refused: it stays, with its sentence, over a reload and over going elsewhere and back.
        type_in(page, "signatory_mobile", "0555")
        refusal = page.locator("#id_signatory_mobile_error")
        expect(refusal).to_contain_text("eksik ya da fazla haneli")
        unsaid(page, "signatory_mobile")
        for back in (page.reload, lambda: (page.goto(site.url + FIRM), page.go_back())):
            back()
            expect(page.locator("[name=signatory_mobile]")).to_have_value("0555")
            expect(refusal).to_contain_text("eksik ya da fazla haneli")
        assert of_form("signatory_mobile") == ""
        # Kept in its usual form, which is what the field shows from then on.
        type_in(page, "signatory_mobile", "5550102030")
        saved(page, "signatory_mobile")
        expect(page.locator("[name=signatory_mobile]")).to_have_value("0555 010 20 30")
        assert "draft:" not in page.evaluate("JSON.stringify(sessionStorage)")

        # Turning to another app closes nothing and saves what is there; going back shows what is stored.
        page.locator("[name=signatory_name]").fill("Çiğdem Işık Er")
        page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        assert of_form("signatory_name") == "Çiğdem Işık Er"
        page.goto(site.url + FIRM)
        page.go_back()
        expect(page.locator("[name=signatory_name]")).to_have_value("Çiğdem Işık Er")
        assert not [each for each in person.complaints if "status of" not in each]


def test_a_tab_is_not_called_done_while_something_on_its_page_is_refused(site: LiveServer) -> None:
    cast = Cast()
    cast.fill_in()
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        page = person.page
        page.goto(site.url + CONTACT)
        tab = page.locator(".form-pages li", has=page.locator("[aria-current]"))
        expect(tab).to_contain_text("tamam")
        type_in(page, "website", "http://")
        expect(page.locator("#id_website_error")).to_be_visible()
        expect(tab).to_contain_text("düzeltilecek")
        expect(tab).not_to_contain_text("tamam")
        person.accessible()
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / "tab-390.png")
        # Over a reload the browser brings back what was refused, and with it what the tab says.
        page.reload()
        expect(page.locator("#id_website_error")).to_be_visible()
        expect(tab).to_contain_text("düzeltilecek")
        type_in(page, "website", "https://mavideniz.example")
        expect(page.locator("#id_website_error")).to_have_count(0)
        expect(tab).to_contain_text("tamam")
        expect(tab).not_to_contain_text("düzeltilecek")
        assert not [each for each in person.complaints if "status of" not in each]


def test_colleagues_and_whoever_comes_after_on_the_same_computer(site: LiveServer, cast: Cast) -> None:
    number = tckn(8)
    owner, editor = session_of(cast.people["owner"]), session_of(cast.people["editor"])
    with seat(site, owner) as person:
        page = person.page
        page.goto(site.url + FIRM)
        # A colleague keeps another field meanwhile: a page that merely still shows the old one does not undo it.
        apart(lambda: cast.press_page("firma", role="editor", tax_office="Kadıköy"))
        type_in(page, "address", "Ege Caddesi No: 1")
        saved(page, "address")
        assert of_company("tax_office") == "Kadıköy"
        expect(page.locator("[name=tax_office]")).to_have_value("Kadıköy")
        # The same field: the last word counts, and is said to have replaced another.
        apart(lambda: cast.press_page("firma", role="editor", tax_office="Konak"))
        type_in(page, "tax_office", "Üsküdar")
        saved(page, "tax_office", "“Konak” olarak değiştirilmişti")
        expect(page.locator(NOTE)).to_contain_text("“Konak” olarak değiştirilmişti")
        assert of_company("tax_office") == "Üsküdar"
        # Typed and typed again by oneself is nobody else's word.
        type_in(page, "tax_office", "Bornova")
        saved(page, "tax_office")
        expect(page.locator(NOTE)).to_contain_text("Kaydedildi")
        # Another province: the district of before is gone, also where the new one has one of that name.
        page.locator("[name=province]").select_option("Balıkesir")
        expect(page.locator("select[name=district]")).to_have_value("")
        page.locator("select[name=district]").select_option("Edremit")
        saved(page, "district")
        page.locator("[name=province]").select_option("Van")
        expect(page.locator("select[name=district] option[value=İpekyolu]")).to_have_count(1)
        expect(page.locator("select[name=district]")).to_have_value("")
        expect(page.locator(NOTE)).to_contain_text(re.compile("kaydedildi", re.IGNORECASE))
        assert (of_company("province"), of_company("district")) == ("Van", "")
        page.locator("select[name=district]").select_option("Edremit")
        saved(page, "district")
        assert (of_company("province"), of_company("district")) == ("Van", "Edremit")

        # The session ends, and somebody else logs in on the same computer.
        page.goto(site.url + SIGNATORY)
        page.locator(".support summary").click()
        page.locator("#support-text").fill("Gizli bir soru")
        person.context.clear_cookies(name="sessionid")
        type_in(page, "signatory_identity", number)
        type_in(page, "signatory_name", "Çiğdem Işık")
        expect(page.locator(NOTE)).to_contain_text("Oturumunuz sona ermiş")
        unsaid(page, "signatory_name")
        kept = page.evaluate("JSON.stringify(sessionStorage)")
        assert "Çiğdem" in kept
        assert "Gizli" in kept
        assert number not in kept
        page.goto("about:blank")
        person.context.add_cookies([{"name": "sessionid", "value": editor, "url": site.url}])
        page.goto(site.url + SIGNATORY)
        expect(page.locator("[name=signatory_name]")).to_have_value("")
        assert "Çiğdem" not in page.evaluate("JSON.stringify(sessionStorage)")
        assert "Gizli" not in page.evaluate("JSON.stringify(sessionStorage)")
        assert of_form("signatory_name") == ""


def test_news_take_away_nothing_that_somebody_is_writing_or_choosing(site: LiveServer) -> None:
    """A step's page loads itself anew when there is news, but not under somebody's hands."""
    cast = Cast()
    cast.submitted()
    remarks = [("website", "Açılmıyor"), ("signature_circular", "Okunmuyor")]
    submission.ask_changes(application=cast.now(), step=PRE_APPLICATION, remarks=remarks, actor=STAFF)
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        page = person.page
        page.clock.install()
        page.goto(site.url + reverse("onboarding:pre_application"))
        mine = page.get_by_label("Neden değiştirmiyorsunuz?").first

        def asks() -> bool:
            """Whether the page asks for news when it is time to, every 15 seconds."""
            page.evaluate(
                "window.asks = null; document.addEventListener('htmx:beforeRequest',"
                " (event) => { window.asks = !event.defaultPrevented; }, { once: true })"
            )
            page.clock.run_for(15_000)
            return bool(page.evaluate("window.asks"))

        def is_anew() -> None:
            page.evaluate("window.same = true")
            assert asks()
            page.wait_for_function("() => !window.same", timeout=20_000)

        def move(name: str) -> None:
            apart(lambda: cast.move(PRE_APPLICATION, name, STAFF, "Belge bekliyoruz"))

        # Nobody does anything: what is new is there by itself.
        with page.expect_response(lambda answer: answer.status == 204):
            assert asks()
        move("hold")
        is_anew()
        person.says("beklemeye aldı")
        move("resume")
        is_anew()
        # Somebody is about to write, or to choose a file, or to ask support.
        move("hold")
        page.locator(".support summary").click()
        page.get_by_text("Değişiklik gerekmiyorsa yanıt yazın").first.click()
        for place in (mine, page.locator("input[type=file]").first, page.locator("#support-text")):
            place.focus()
            assert not asks(), place
        # What was written stays, also when the writer looks elsewhere.
        mine.fill("Sunucumuz yenileniyordu")
        mine.blur()
        assert not asks()
        expect(mine).to_have_value("Sunucumuz yenileniyordu")
