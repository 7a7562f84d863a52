"""What somebody types is kept while they type: in a real Chromium that is closed in the middle."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from onboarding.models import ApplicationForm
from sandbox.authority import Authority
from tenancy.models import Company
from tests.journeys.seat import seat, session_of
from tests.journeys.stage import PATIENCE, Watched, chromium
from tests.scenarios.cast import Cast
from tests.scenarios.factories import PartnerFactory, UserFactory, tckn
from tests.scenarios.online import Online

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "/basvuru/adim/1/bilgiler/imza-yetkilisi/"


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    found.send("mersis_question", has_mersis="evet")
    return found


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "what was waited for did not come"
        time.sleep(0.05)


NOTE = "[data-draft-note]"
KEPT = "JSON.stringify(sessionStorage)"


def test_the_page_saves_by_itself_and_says_so_or_what_is_wrong(site: LiveServer, cast: Cast) -> None:
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        person.open(FORM)
        person.page.get_by_label("İmza yetkilisinin e-postası").fill("cigdem@mavideniz.example")
        person.page.get_by_label("İmza yetkilisinin cep telefonu").fill("0555")
        field = person.page.locator(".field", has=person.page.locator("[name=signatory_email]"))
        expect(field.locator(".draft-mark")).to_have_text("Kaydedildi")
        person.page.get_by_label("İmza yetkilisinin cep telefonu").blur()
        refusal = person.page.locator("#id_signatory_mobile_error")
        expect(refusal).to_contain_text("eksik ya da fazla haneli")
        person.accessible()
        person.page.get_by_label("İmza yetkilisinin cep telefonu").fill("0555 010 20 30")
        person.page.get_by_label("İmza yetkilisinin cep telefonu").blur()
        expect(refusal).to_have_count(0)
        expect(person.page.locator(NOTE)).to_have_text(re.compile(r"Kaydedildi \(\d\d:\d\d\)"))
        assert person.page.locator(".field__error").count() == 0, "what was not left yet is no error"
        assert person.complaints == []
    form = ApplicationForm.objects.get()
    assert (form.signatory_email, form.signatory_mobile) == ("cigdem@mavideniz.example", "+905550102030")
    assert not form.complete


def test_what_a_field_is_told_takes_no_press_away(site: LiveServer, cast: Cast) -> None:
    """Leaving a field saves it; the answer moves the buttons below, also while one of them is held down."""
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        page = person.page
        person.open(FORM)
        page.get_by_label("İmza yetkilisinin cep telefonu").fill("0555")
        button = page.get_by_role("button", name="Kaydet ve devam et")
        button.scroll_into_view_if_needed()
        box = button.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 3)
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.mouse.down()
        page.wait_for_timeout(200)  # milliseconds: as long as a finger rests
        with page.expect_navigation():
            page.mouse.up()
        assert "yeri düzeltmeniz gerekiyor" in page.inner_text("main")


def test_what_was_refused_is_there_when_the_page_is_loaded_anew(site: LiveServer, cast: Cast) -> None:
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        page = person.page
        person.open(FORM)
        page.get_by_label("İmza yetkilisinin cep telefonu").fill("0555")
        page.locator("[name=signatory_identity]").fill("12345678901")
        person.press("Kaydet ve devam et")
        assert "yeri düzeltmeniz gerekiyor" in page.inner_text("main")
        page.reload()
        assert page.locator(".error-summary").count() == 0, "it is the page as it is opened"
        expect(page.get_by_label("İmza yetkilisinin cep telefonu")).to_have_value("0555")
        expect(page.locator("#id_signatory_mobile_error")).to_contain_text("eksik ya da fazla haneli")
        identity = page.locator(".field", has=page.locator("[name=signatory_identity]"))
        expect(identity.locator(".draft-mark")).to_contain_text("yeniden yazın")
        expect(page.locator("[name=signatory_identity]")).to_have_value("")
        assert "12345678901" not in page.evaluate(KEPT)
        assert person.complaints == []


def test_a_parcel_that_was_refused_is_not_typed_twice(site: LiveServer, cast: Cast) -> None:
    cast.submitted()
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        page = person.page
        person.open(reverse("onboarding:cargo"))
        person.fill(carrier="Yurtiçi", tracking_number="123456", sent_on="2099-03-01")
        person.press("Kaydet")
        assert "yeri düzeltmeniz gerekiyor" in page.inner_text("main")
        page.reload()
        expect(page.locator("[name=sent_on]")).to_have_value("2099-03-01")
        expect(page.locator("[name=carrier]")).to_have_value("Yurtiçi")
        assert person.complaints == []


def test_who_closes_the_page_in_the_middle_goes_on_there(site: LiveServer, cast: Cast) -> None:
    with seat(site, session_of(cast.people["owner"])) as person:
        person.open(FORM)
        person.page.get_by_label("İmza yetkilisinin adı soyadı").fill("Çiğdem Işık")
        person.page.goto("about:blank")

        def is_there_again() -> bool:
            person.open(FORM)
            return person.page.get_by_label("İmza yetkilisinin adı soyadı").input_value() == "Çiğdem Işık"

        until(is_there_again)
    assert ApplicationForm.objects.get().signatory_name == "Çiğdem Işık"


def test_a_declaration_is_made_by_its_button_alone(site: LiveServer) -> None:
    """What the tab alone keeps is sent by nothing else: not by leaving the page, not by a line that is back.

    Nor is anything agreed to on a page that was opened anew, and what was chosen there before is in sight.
    """
    cast = Cast()
    cast.assigned()
    path = reverse("onboarding:panel_settings")
    with seat(site, session_of(cast.people["owner"])) as person:
        posted: list[str] = []
        person.page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
        person.open(path)
        person.page.get_by_text("Durumumuz başka").click()
        person.page.locator("#kind-exempt").check()
        person.fill(exemption_basis="Dernek kütük no 35-012-345")
        person.tick(person.page.locator("[name=correct]"))
        person.page.evaluate("window.dispatchEvent(new Event('online'))")
        person.page.goto(site.url + reverse("onboarding:board"))
        person.open(path)
        expect(person.page.locator("#kind-exempt")).to_be_checked()
        expect(person.page.locator("[name=exemption_basis]")).to_have_value("Dernek kütük no 35-012-345")
        expect(person.page.locator("[name=exemption_basis]")).to_be_visible()
        expect(person.page.locator("[name=correct]")).not_to_be_checked()
        assert posted == []
        assert person.complaints == []
    assert not cast.application.declarations.exists()


def test_a_line_that_is_down_is_said_and_nothing_is_lost(site: LiveServer, cast: Cast) -> None:
    with seat(site, session_of(cast.people["owner"])) as person:
        person.open(FORM)
        person.context.set_offline(True)
        name = person.page.get_by_label("İmza yetkilisinin adı soyadı")
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
        name = person.page.get_by_label("İmza yetkilisinin adı soyadı")
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
        identity = person.page.locator("[name=signatory_identity]")
        expect(identity).to_have_attribute("inputmode", "numeric")
        person.tick(person.page.locator("[name=signatory_foreign]"))
        expect(identity).to_have_attribute("inputmode", "text")
        expect(person.page.locator("label[for=id_signatory_identity]")).to_have_text("Pasaport numarası")
        person.accessible()
        assert person.complaints == []
    # It goes as the page is left.
    until(lambda: Company.objects.get().district == "Çankaya")


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


@pytest.fixture
def online(tmp_path: Path) -> Iterator[Online]:
    found = Online(Authority.new(), tmp_path)
    with found.settings:
        yield found


def refused_and_loaded_anew(person: Watched, path: str, button: str, **typed: str) -> None:
    """What is typed is refused; then the page is loaded anew."""
    person.open(path)
    person.fill(**typed)
    person.press(button)
    expect(person.page.locator(".error-summary")).to_be_visible()
    person.page.reload()
    assert person.page.locator(".error-summary").count() == 0, "it is the page as it is opened"
    assert person.complaints == []


def is_kept(person: Watched, **typed: str) -> None:
    for name, value in typed.items():
        expect(person.page.locator(f"[name={name}]")).to_have_value(value)


def is_asked_again(person: Watched, name: str, number: str) -> None:
    expect(person.page.locator(f"[name={name}]")).to_have_value("")
    field = person.page.locator(".field", has=person.page.locator(f"[name={name}]"))
    expect(field.locator(".draft-mark")).to_contain_text("yeniden yazın")
    assert number not in person.page.evaluate(KEPT)


def test_a_refused_firm_is_not_typed_twice(site: LiveServer) -> None:
    PartnerFactory.create()
    with seat(site, session_of(UserFactory.create())) as person:
        typed = {"trade_name": "Lodos Kağıt Anonim Şirketi", "tax_number": "1234567891"}
        refused_and_loaded_anew(person, reverse("team:company_new"), "Kaydet ve devam et", **typed)
        is_kept(person, trade_name=typed["trade_name"])
        is_asked_again(person, "tax_number", typed["tax_number"])


def test_a_refused_corporate_address_is_not_typed_twice(site: LiveServer, online: Online) -> None:
    with seat(site, session_of(online.people["owner"]), width=390) as person:
        refused_and_loaded_anew(person, reverse("onboarding:email_code"), "Doğrula", email="ada@gmail.com")
        is_kept(person, email="ada@gmail.com")


@pytest.mark.parametrize(("mersis", "kept"), [("0123", True), ("1234567890123456", False)])
def test_a_refused_query_is_not_typed_twice(site: LiveServer, online: Online, mersis: str, kept: bool) -> None:
    """A MERSİS number is a person's unless it begins with 0."""
    online.verify_email()
    with seat(site, session_of(online.people["owner"]), width=390) as person:
        typed = {"mersis_number": mersis, "identity": "12345678901"}
        refused_and_loaded_anew(person, reverse("onboarding:query"), "Sorgula", **typed)
        is_asked_again(person, "identity", typed["identity"])
        if kept:
            is_kept(person, mersis_number=mersis)
        else:
            assert mersis not in person.page.evaluate(KEPT)


def test_a_refused_co_signatory_is_not_typed_twice(site: LiveServer, online: Online) -> None:
    online.fill()
    with seat(site, session_of(online.people["owner"]), width=390) as person:
        typed = {"name": "Ada Yalın", "identity": "12345678901"}
        refused_and_loaded_anew(person, reverse("onboarding:co_signatories"), "Kişiyi ekle", **typed)
        is_kept(person, name="Ada Yalın")
        is_asked_again(person, "identity", typed["identity"])


def test_a_refused_question_about_the_status_is_not_typed_twice(site: LiveServer) -> None:
    with chromium() as launched:
        person = Watched(launched, site.url, width=390)
        typed = {"number": "P-7KQ4MX", "email": "ada@mavideniz.example"}
        refused_and_loaded_anew(person, reverse("status_form"), "Devam Et", **typed)
        is_kept(person, **typed)


def test_a_refused_brand_stands_open_with_all_that_was_typed(site: LiveServer, online: Online) -> None:
    """Both where a brand is added and where one is changed."""
    online.entering()
    brand = {"name": "Lodos", "message_recipients": "on bin", "message_identifiers": "LODOS"}
    with seat(site, session_of(online.people["owner"]), width=390) as person:
        page = person.page
        person.open(reverse("onboarding:info_entry"))
        expect(page.locator("#brand-form"), "there is no brand yet").to_be_visible()
        person.fill(**brand)
        page.get_by_role("button", name="Markayı kaydet").click()
        expect(page.locator(".error-summary")).to_be_visible()
        page.reload()
        expect(page.locator("#brand-form")).to_be_visible()
        is_kept(person, **brand)
        person.fill(message_recipients="3200")
        page.get_by_role("button", name="Markayı kaydet").click()
        expect(page.get_by_text("Bu marka kayıtlı.")).to_be_visible()
        person.fill(message_recipients="üç bin")
        page.get_by_role("button", name="Markayı kaydet").click()
        expect(page.locator(".error-summary")).to_be_visible()
        page.reload()
        expect(page.locator("#brand-form")).to_be_visible()
        is_kept(person, message_recipients="üç bin", name="Lodos")
        assert person.complaints == []
