"""What somebody types is kept while they type: in a real Chromium that is closed in the middle."""

import re
import time
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from onboarding.models import ApplicationForm
from tenancy.models import Company
from tests.journeys.seat import seat, session_of
from tests.scenarios.cast import Cast
from tests.scenarios.factories import tckn

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "/basvuru/adim/1/bilgiler/imza-yetkilisi/"


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.send("mersis_question", has_mersis="evet")
    return found


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, "what was waited for did not come"
        time.sleep(0.05)


NOTE = "[data-draft-note]"
KEPT = "JSON.stringify(sessionStorage)"


def test_the_page_saves_by_itself_and_says_so_or_what_is_wrong(site: LiveServer, cast: Cast) -> None:
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        person.open(FORM)
        person.page.get_by_label("Yetkili kişi e-posta").fill("cigdem@mavideniz.example")
        person.page.get_by_label("Yetkili kişi cep telefonu").fill("0555")
        field = person.page.locator(".field", has=person.page.locator("[name=signatory_email]"))
        expect(field.locator(".draft-mark")).to_have_text("Kaydedildi")
        person.page.get_by_label("Yetkili kişi cep telefonu").blur()
        refusal = person.page.locator("#id_signatory_mobile_error")
        expect(refusal).to_contain_text("eksik ya da fazla haneli")
        person.accessible()
        person.page.get_by_label("Yetkili kişi cep telefonu").fill("0555 010 20 30")
        person.page.get_by_label("Yetkili kişi cep telefonu").blur()
        expect(refusal).to_have_count(0)
        expect(person.page.locator(NOTE)).to_have_text(re.compile(r"Kaydedildi \(\d\d:\d\d\)"))
        assert person.page.locator(".field__error").count() == 0, "what was not left yet is no error"
        assert person.complaints == []
    form = ApplicationForm.objects.get()
    assert (form.signatory_email, form.signatory_mobile) == ("cigdem@mavideniz.example", "+905550102030")
    assert not form.complete


def test_who_closes_the_page_in_the_middle_goes_on_there(site: LiveServer, cast: Cast) -> None:
    with seat(site, session_of(cast.people["owner"])) as person:
        person.open(FORM)
        person.page.get_by_label("İmzaya yetkili kişi ad soyad").fill("Çiğdem Işık")
        person.page.goto("about:blank")

        def is_there_again() -> bool:
            person.open(FORM)
            return person.page.get_by_label("İmzaya yetkili kişi ad soyad").input_value() == "Çiğdem Işık"

        until(is_there_again)
    assert ApplicationForm.objects.get().signatory_name == "Çiğdem Işık"


def test_a_declaration_is_made_by_its_button_alone(site: LiveServer) -> None:
    """What the tab alone keeps is sent by nothing else: not by leaving the page, not by a line that is back."""
    cast = Cast()
    cast.assigned()
    path = reverse("onboarding:panel_settings")
    with seat(site, session_of(cast.people["owner"])) as person:
        posted: list[str] = []
        person.page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
        person.open(path)
        person.tick(person.page.locator("[name=correct]"))
        person.page.evaluate("window.dispatchEvent(new Event('online'))")
        person.page.goto(site.url + reverse("onboarding:board"))
        person.open(path)
        expect(person.page.locator("[name=correct]")).to_be_checked()
        assert posted == []
    assert not cast.application.declarations.exists()


def test_a_line_that_is_down_is_said_and_nothing_is_lost(site: LiveServer, cast: Cast) -> None:
    with seat(site, session_of(cast.people["owner"])) as person:
        person.open(FORM)
        person.context.set_offline(True)
        name = person.page.get_by_label("İmzaya yetkili kişi ad soyad")
        name.fill("Çiğdem Işık")
        name.blur()
        expect(person.page.locator(NOTE)).to_contain_text("Bağlantı yok; yazdıklarınız bu sayfada duruyor.")
        expect(name).to_have_value("Çiğdem Işık")
        person.context.set_offline(False)
        expect(person.page.locator(NOTE)).to_contain_text("Kaydedildi")
    assert ApplicationForm.objects.get().signatory_name == "Çiğdem Işık"


def test_who_is_logged_out_while_typing_finds_it_again_but_for_identity_numbers(
    site: LiveServer, cast: Cast
) -> None:
    session, number = session_of(cast.people["owner"]), tckn(7)
    with seat(site, session) as person:
        person.open(FORM)
        person.context.clear_cookies(name="sessionid")
        person.page.locator("[name=signatory_identity]").fill(number)
        name = person.page.get_by_label("İmzaya yetkili kişi ad soyad")
        name.fill("Çiğdem Işık")
        name.blur()
        expect(person.page.locator(NOTE)).to_contain_text("Oturumunuz sona ermiş")
        kept = person.page.evaluate(KEPT)
        assert "Çiğdem Işık" in kept
        assert number not in kept
        person.page.get_by_role("link", name="Yeniden giriş yapın").click()
        person.says("oturumunuzun süresi doldu")
        assert FORM in person.page.content(), "the way back"
        person.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        person.open(FORM)
        expect(name).to_have_value("Çiğdem Işık")
        field = person.page.locator(".field", has=person.page.locator("[name=signatory_identity]"))
        expect(field.locator(".draft-mark")).to_contain_text("saklanmadı; yeniden yazın")
        expect(person.page.locator(NOTE)).to_contain_text("Kaydedildi")
        assert "draft:" not in person.page.evaluate(KEPT)
    assert ApplicationForm.objects.get().signatory_name == "Çiğdem Işık"


def test_a_province_brings_its_districts_and_a_box_names_the_number(site: LiveServer, cast: Cast) -> None:
    Company.objects.update(province="", district="")
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        person.open("/basvuru/adim/1/bilgiler/firma/")
        person.page.get_by_label("İl", exact=True).select_option("İstanbul")
        districts = person.page.locator("select[name=district]")
        expect(districts).to_be_visible()
        districts.focus()
        with person.page.expect_response(lambda answer: answer.request.method == "POST"):
            person.page.keyboard.type("eyup")
        expect(districts).to_have_value("Eyüpsultan")
        expect(person.page.locator(NOTE)).to_contain_text("Kaydedildi")
        chosen_before_the_list_came(person.page)
        person.open(FORM)
        person.tick(person.page.locator("[name=signatory_foreign]"))
        expect(person.page.locator("label[for=id_signatory_identity]")).to_have_text("Pasaport numarası")
        person.accessible()
        assert person.complaints == []
    assert Company.objects.get().district == "Çankaya"


def chosen_before_the_list_came(page: Page) -> None:
    """On a slow line the districts come while somebody is on the next field already."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/ilceler/**", hold)
    districts = page.locator("select[name=district]")
    with page.expect_request("**/ilceler/**"):
        page.get_by_label("İl", exact=True).select_option("Ankara")
    # There is no such district in the province; the list comes empty-handed.
    districts.select_option("Beşiktaş")
    held.pop().continue_()
    expect(districts.locator("option[value=Çankaya]")).to_be_attached()
    expect(districts).to_have_value("")
    # Chosen in the list of the same province; then the one that stands there once more.
    for _time in range(2):
        with page.expect_request("**/ilceler/**"):
            page.get_by_label("İl", exact=True).dispatch_event("change")
        districts.select_option("Çankaya")
        with page.expect_response(lambda answer: "ilceler" in answer.url):
            held.pop().continue_()
        page.wait_for_function("() => !document.querySelector('.htmx-request')")
        expect(districts).to_have_value("Çankaya")
    expect(page.locator(NOTE)).to_contain_text("Kaydedildi")
