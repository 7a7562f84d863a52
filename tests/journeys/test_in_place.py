"""Forms that open on the page of what they are about: nothing is left, and nothing typed is lost."""

from collections.abc import Iterator

import pytest
from django.db.models import F
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from onboarding.models import StepRecord
from onboarding.steps import STATUS_QUERY
from tests.journeys.seat import apart, seat, session_of
from tests.journeys.stage import Watched
from tests.scenarios.ladder import at_iys
from tests.scenarios.support import CORRESPONDENCE, REVIEW, colleague

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = "Telefonda Ece Hanım söyledi"


@pytest.fixture(params=[1280, 390])
def at_a_case(site: LiveServer, request: pytest.FixtureRequest) -> Iterator[Watched]:
    application = at_iys()
    session = session_of(colleague(*REVIEW, *CORRESPONDENCE))
    with seat(site, session, request.param) as person:
        person.open(reverse("admin:onboarding_application_change", args=[application.pk]))
        yield person
        assert "\n".join(person.complaints) == ""


def test_an_answer_told_on_the_phone_is_recorded_on_the_page_of_the_case(at_a_case: Watched) -> None:
    person, page = at_a_case, at_a_case.page
    address = page.url
    person.press("İYS yanıtı: İYS devam bağlantısı gönderdi…")
    note = page.locator(".in-place [name=note]")
    expect(note).to_be_visible()
    expect(page.locator(".in-place :focus")).to_have_count(1)
    person.accessible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    # Another one is looked at; what was typed in the first is there again.
    note.fill(NOTE)
    person.press("İYS yanıtı: İYS onayladı…")
    expect(note.locator("visible=true")).to_have_value("")
    person.press("İYS yanıtı: İYS devam bağlantısı gönderdi…")
    expect(note.locator("visible=true")).to_have_value(NOTE)
    page.locator(".in-place:visible").get_by_role("link", name="Vazgeç").click()
    expect(page.locator(".in-place:visible")).to_have_count(0)
    expect(page.get_by_role("link", name="İYS yanıtı: İYS devam bağlantısı gönderdi…")).to_be_focused()
    person.press("İYS yanıtı: İYS devam bağlantısı gönderdi…")
    assert page.url == address
    page.locator(".in-place:visible").get_by_role("button", name="Kaydet").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Yapıldı.")
    assert page.url.partition("#")[0] == address


def test_what_was_typed_stands_on_the_page_of_its_own_when_it_is_refused(at_a_case: Watched) -> None:
    person, page = at_a_case, at_a_case.page
    person.press("İYS yanıtı: İYS onayladı…")
    page.locator(".in-place [name=note]").fill(NOTE)
    apart(lambda: StepRecord.objects.filter(step=STATUS_QUERY.key).update(version=F("version") + 1))
    page.locator(".in-place").get_by_role("button", name="Kaydet").click()
    page.wait_for_url("**/answer/status_query/**")
    expect(page.locator("[name=note]")).to_have_value(NOTE)
    person.says("Yazdıklarınız duruyor.")


def test_a_form_that_cannot_be_had_is_looked_for_on_its_own_page(at_a_case: Watched) -> None:
    person, page = at_a_case, at_a_case.page
    page.route(
        "**/answer/**",
        lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_(),
    )
    page.get_by_role("link", name="İYS yanıtı: İYS onayladı…").click()
    page.wait_for_url("**/answer/status_query/**")
    expect(page.locator("[name=note]")).to_be_visible()
    # That the line was away is what the console says.
    person.complaints[:] = [each for each in person.complaints if "ERR_FAILED" not in each]
