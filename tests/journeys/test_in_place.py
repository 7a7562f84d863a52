"""Forms that open on the page of what they are about: nothing is left, and nothing typed is lost."""

from collections.abc import Iterator

import pytest
from django.db.models import F
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from onboarding.actions import casework
from onboarding.models import Application, StepRecord
from onboarding.steps import STATUS_QUERY
from tests.journeys.seat import apart, seat, session_of
from tests.journeys.stage import Watched
from tests.scenarios.ladder import IDENTITY, at_iys
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


def test_what_was_refused_stands_in_its_place(at_a_case: Watched) -> None:
    person, page = at_a_case, at_a_case.page
    address = page.url
    person.press("İYS yanıtı: İYS onayladı…")
    part = page.locator(".in-place")
    part.get_by_role("button", name="Kaydet").click()
    expect(part.locator(".errorlist")).to_have_count(1)
    expect(part.locator("[name=note]")).to_be_focused()
    person.accessible()
    part.locator("[name=note]").fill(NOTE)
    apart(lambda: StepRecord.objects.filter(step=STATUS_QUERY.key).update(version=F("version") + 1))
    part.get_by_role("button", name="Kaydet").click()
    expect(part).to_contain_text("Yazdıklarınız duruyor.")
    expect(part.locator("[name=note]")).to_have_value(NOTE)
    assert page.url == address
    part.get_by_role("button", name="Kaydet").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Yapıldı.")
    # What was sent is not there again.
    person.complaints[:] = [each for each in person.complaints if "422" not in each]


def test_what_was_typed_and_not_sent_is_there_when_one_comes_back(at_a_case: Watched) -> None:
    person, page = at_a_case, at_a_case.page
    address = page.url
    person.press("İYS yanıtı: İYS onayladı…")
    page.locator(".in-place [name=note]").fill(NOTE)
    person.open(reverse("admin:index"))
    page.goto(address)
    person.press("İYS yanıtı: İYS onayladı…")
    expect(page.locator(".in-place [name=note]")).to_have_value(NOTE)
    page.locator(".in-place").get_by_role("button", name="Kaydet").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Yapıldı.")
    assert page.evaluate("Object.keys(sessionStorage).filter((each) => each.startsWith('in-place:')).length") == 0


def test_a_line_that_is_away_loses_nothing(at_a_case: Watched) -> None:
    person, page = at_a_case, at_a_case.page
    person.press("İYS yanıtı: İYS onayladı…")
    page.locator(".in-place [name=note]").fill(NOTE)
    page.route("**/answer/**", lambda route: route.abort())
    page.locator(".in-place").get_by_role("button", name="Kaydet").click()
    expect(page.locator(".in-place [role=alert]")).to_have_text(
        "Gönderilemedi; yazdıklarınız duruyor. Yeniden deneyin."
    )
    page.unroute("**/answer/**")
    page.locator(".in-place").get_by_role("button", name="Kaydet").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Yapıldı.")
    person.complaints[:] = [each for each in person.complaints if "ERR_FAILED" not in each]


def test_a_note_that_names_nobody_is_refused_where_it_is_written(at_a_case: Watched) -> None:
    person, page = at_a_case, at_a_case.page
    address = page.url
    notes = page.locator("#notlar")
    notes.locator("[name=text]").fill("@kimse bakar mısın?")
    notes.get_by_role("button", name="Notu kaydet").click()
    expect(notes.locator(".errorlist")).to_contain_text("kimse")
    expect(notes.locator("[name=text]")).to_have_value("@kimse bakar mısın?")
    assert page.url == address
    notes.locator("[name=text]").fill("Bakar mısın?")
    notes.get_by_role("button", name="Kaydet").click()
    expect(notes.locator(".note")).to_contain_text("Bakar mısın?")
    person.complaints[:] = [each for each in person.complaints if "422" not in each]


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


def test_a_hidden_number_is_shown_beside_the_documents_and_asked_for_anew(at_a_case: Watched) -> None:
    person, page = at_a_case, at_a_case.page
    address = page.url
    link = page.get_by_role("link", name="Numarayı göster: İmzaya Yetkili Kişi TCKN")
    link.click()
    part = page.locator("td .in-place")
    part.get_by_label("Belge ya da sicille karşılaştırma").check()
    person.accessible()
    part.get_by_role("button", name="Göster").click()
    expect(part).to_contain_text(IDENTITY)
    assert page.url == address
    person.accessible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    part.get_by_role("link", name="Gizle").click()
    expect(page.locator("body")).not_to_contain_text(IDENTITY)
    link.click()
    expect(page.locator("td .in-place").get_by_label("Belge ya da sicille karşılaştırma")).to_be_visible()


def test_what_a_colleague_has_taken_meanwhile_is_asked_on_a_page_of_its_own(at_a_case: Watched) -> None:
    person, page = at_a_case, at_a_case.page
    person.press("İYS yanıtı: İYS onayladı…")
    page.locator(".in-place [name=note]").fill(NOTE)

    def take() -> None:
        ayse = colleague(*REVIEW)
        casework.take(application=Application.objects.get(), user=ayse, over=True)

    apart(take)
    page.locator(".in-place").get_by_role("button", name="Kaydet").click()
    expect(page.locator(".errornote")).to_contain_text("bakıyor; işlem yapılmadı")
    person.press("Üzerime al ve işlemi yap")
    expect(page.locator(".messagelist .success")).to_contain_text("Yapıldı.")
    person.complaints[:] = [each for each in person.complaints if "409" not in each]


def test_a_colleagues_case_is_taken_over_by_what_decides_and_by_nothing_else(at_a_case: Watched) -> None:
    person, page = at_a_case, at_a_case.page
    apart(lambda: casework.give(application=Application.objects.get(), to=(ayse := colleague(*REVIEW)), by=ayse))
    page.reload()
    expect(page.locator("[data-holder]")).to_contain_text("bakıyor")
    asked = page.get_by_role("dialog")
    page.get_by_role("link", name="Numarayı göster: İmzaya Yetkili Kişi TCKN").click()
    part = page.locator("td .in-place")
    part.get_by_label("Belge ya da sicille karşılaştırma").check()
    part.get_by_role("button", name="Göster").click()
    expect(part).to_contain_text(IDENTITY)
    expect(asked).to_have_count(0)
    person.press("İYS yanıtı: İYS onayladı…")
    page.locator(".in-place [name=note]").fill(NOTE)
    page.locator(".in-place").get_by_role("button", name="Kaydet").click()
    expect(asked).to_contain_text("bakıyor; üzerinize alırsanız işlem hemen yapılır.")
    person.accessible()
    asked.get_by_role("button", name="Üzerime al: Kaydet").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Yapıldı.")


def test_who_logs_in_after_somebody_in_the_same_tab_finds_nothing_of_theirs(at_a_case: Watched) -> None:
    person, page = at_a_case, at_a_case.page
    person.press("İYS yanıtı: İYS onayladı…")
    page.locator(".in-place [name=note]").fill(NOTE)
    other = apart(lambda: session_of(colleague(*REVIEW, *CORRESPONDENCE)))
    page.context.add_cookies([{"name": "sessionid", "value": other, "url": person.base}])
    page.reload()
    person.press("İYS yanıtı: İYS onayladı…")
    expect(page.locator(".in-place [name=note]")).to_have_value("")
    assert NOTE not in page.evaluate("JSON.stringify(sessionStorage)")
