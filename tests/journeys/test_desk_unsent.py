"""Corrections that support typed beside the fields and has not sent yet, in a real Chromium."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from onboarding.actions.pre_application import submission
from onboarding.models import Application, Remark
from onboarding.steps import PRE_APPLICATION
from tenancy.models import Company
from tests.journeys.seat import apart, seat, session_of, unfold
from tests.journeys.stage import Watched
from tests.onboarding.admin.test_queue import waits
from tests.scenarios.ladder import STAFF, Ladder, submitted
from tests.scenarios.support import REVIEW, Support, colleague

pytestmark = pytest.mark.django_db(transaction=True)
WEBSITE = "Ne düzeltilmeli: Web Sitesi"
CIRCULAR = "Ne düzeltilmeli: İmza sirküleri"


def type_beside(person: Watched) -> None:
    for label, reason in (("Web Sitesi", "Açılmıyor"), ("İmza sirküleri", "Okunmuyor")):
        person.page.get_by_role("button", name=f"Düzeltme iste: {label}").first.click()
        person.page.get_by_role("combobox", name=f"Ne düzeltilmeli: {label}").fill(reason)


@pytest.mark.parametrize("width", [1280, 390])
def test_what_was_typed_beside_the_fields_is_there_again_after_another_page(site: LiveServer, width: int) -> None:
    first, second = (waits(submitted(), days) for days in (9, 5))
    user = colleague(*REVIEW)
    case = f"/destek/onboarding/application/{first.pk}/change/"
    with seat(site, session_of(user), width=width) as person:
        page, keys = person.page, person.page.keyboard
        person.open(case)
        all_fields = page.locator(".decision").get_by_text("Düzeltme iste…")
        loud = all_fields.evaluate("each => getComputedStyle(each).backgroundColor")
        type_beside(person)
        # The button that sends and the link to another page do not look alike.
        unfold(person)
        send = page.get_by_role("button", name="Düzeltmeleri iste")
        assert send.evaluate("each => getComputedStyle(each).backgroundColor") == loud
        assert all_fields.evaluate("each => getComputedStyle(each).backgroundColor") != loud
        page.locator("h1").last.click()
        with page.expect_navigation():
            keys.press("n")
        expect(page.locator("h1").last).to_contain_text(second.reference)
        expect(page.locator(".ask-line")).to_have_count(0)

        person.open(case)
        expect(page.get_by_role("combobox", name=WEBSITE)).to_have_value("Açılmıyor")
        expect(page.get_by_role("combobox", name=CIRCULAR)).to_have_value("Okunmuyor")
        expect(page.locator("[data-asked]")).to_have_text("2 düzeltme istenecek")

        unfold(person)
        # They go along to the page of all fields, and what is typed there comes back.
        person.press("Düzeltme iste…")
        expect(page.get_by_label("Web Sitesi")).to_have_value("Açılmıyor")
        expect(page.get_by_label("İmza sirküleri")).to_have_value("Okunmuyor")
        page.get_by_label("İmza sirküleri").fill("")
        page.get_by_label("Ticaret Unvanı").fill("Sicildeki gibi")
        page.get_by_role("link", name="Vazgeç").click()
        expect(page.get_by_role("combobox", name="Ne düzeltilmeli: Ticaret Unvanı")).to_have_value(
            "Sicildeki gibi"
        )
        expect(page.get_by_role("combobox", name=CIRCULAR)).to_have_count(0)
        page.get_by_role("button", name="Vazgeç: Ticaret Unvanı").click()
        with page.expect_navigation():
            page.go_back()
        expect(page.get_by_label("Web Sitesi")).to_have_value("Açılmıyor")
        expect(page.get_by_label("Ticaret Unvanı")).to_have_value("")
        person.press("Düzeltmeyi iste")
        expect(page.locator(".messagelist").first).to_contain_text("Düzeltme istendi; firmaya bildirildi.")
        assert apart(lambda: set(Remark.objects.values_list("field", "text"))) == {("website", "Açılmıyor")}
        assert page.evaluate("Object.keys(sessionStorage).filter((each) => each.startsWith('corrections:'))") == []
        assert "\n".join(person.complaints) == ""


def test_a_decision_asks_before_what_was_typed_beside_the_fields_is_left_behind(site: LiveServer) -> None:
    application = submitted()
    user = colleague(*REVIEW, partner=application.company.partner)
    with seat(site, session_of(user)) as person:
        page, keys = person.page, person.page.keyboard
        dialog = page.get_by_role("dialog", name="Onay")
        person.open(f"/destek/onboarding/application/{application.pk}/change/")
        type_beside(person)
        page.get_by_role("button", name="Düzeltme iste: MERSİS").first.click()
        page.locator("h1").last.click()
        keys.press("a")
        expect(dialog).to_contain_text("Yazdığınız 2 düzeltme gönderilmez.")
        person.accessible()
        dialog.get_by_role("button", name="Vazgeç").click()
        expect(page.get_by_role("combobox", name=WEBSITE)).to_have_value("Açılmıyor")
        for label in ("Web Sitesi", "İmza sirküleri", "MERSİS"):
            page.get_by_role("button", name=f"Vazgeç: {label}").click()
        page.locator("h1").last.click()
        keys.press("a")
        expect(dialog).to_contain_text("geri alınamaz")
        expect(dialog).not_to_contain_text("düzeltme")
        with page.expect_navigation():
            keys.press("Enter")
        assert apart(lambda: Support(application, user=user).state(PRE_APPLICATION)) == "sending"
        assert "\n".join(person.complaints) == ""


def handed_in_again() -> Application:
    """What had been asked for stands twice on the page: among the corrections and among the data."""
    application = submitted()
    asked = [("website", "Site açılmıyor")]
    submission.ask_changes(application=application, step=PRE_APPLICATION, remarks=asked, actor=STAFF)
    Company.objects.filter(pk=application.company_id).update(website="https://www.mavideniz.example")
    application.company.refresh_from_db()
    Ladder(application).submit()
    return application


def test_what_stands_in_two_places_is_asked_for_once_and_comes_back_as_it_was_typed(site: LiveServer) -> None:
    application = handed_in_again()
    user = colleague(*REVIEW, partner=application.company.partner)
    case = f"/destek/onboarding/application/{application.pk}/change/"
    with seat(site, session_of(user)) as person:
        page = person.page
        person.open(case)
        ask = page.get_by_role("button", name="Düzeltme iste: Web Sitesi")
        expect(ask).to_have_count(2)
        ask.last.click()
        page.get_by_role("combobox", name=WEBSITE).fill("Hâlâ açılmıyor")
        expect(ask).to_have_count(0)
        expect(page.locator("[data-asked]")).to_have_text("1 düzeltme istenecek")
        for scheme in ("light", "dark"):  # with what is marked
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(300)  # colours of links go over into each other
            person.accessible()
        for _more in range(2):
            person.open("/destek/")
            person.open(case)
            expect(page.get_by_role("combobox", name=WEBSITE)).to_have_value("Hâlâ açılmıyor")
            expect(page.locator("[data-asked]")).to_have_text("1 düzeltme istenecek")
        page.get_by_role("button", name="Vazgeç: Web Sitesi").click()
        expect(ask).to_have_count(2)
        ask.first.click()
        page.get_by_role("combobox", name=WEBSITE).fill("Bir daha bakın")
        person.press("Düzeltmeleri iste")
        expect(page.locator(".messagelist").first).to_contain_text("Düzeltme istendi; firmaya bildirildi.")
        last = apart(lambda: Remark.objects.order_by("pk").last())
        assert last is not None
        assert (last.field, last.text) == ("website", "Bir daha bakın")
        assert "\n".join(person.complaints) == ""
