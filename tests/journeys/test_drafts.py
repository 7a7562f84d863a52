"""What somebody types is kept while they type: in a real Chromium that is closed in the middle."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from onboarding.models import ApplicationForm
from tests.journeys.seat import seat, session_of
from tests.scenarios.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "/basvuru/adim/1/bilgiler/"


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


def test_the_page_saves_by_itself_and_says_so(site: LiveServer, cast: Cast) -> None:
    with seat(site, session_of(cast.people["owner"]), width=390) as person:
        person.open(FORM)
        person.page.get_by_label("Yetkili kişi e-posta").fill("cigdem@mavideniz.example")
        expect(person.page.locator("[data-draft-note]")).to_have_text(
            re.compile(r"Taslak kaydedildi \(\d\d:\d\d\)")
        )
        assert person.complaints == []
    form = ApplicationForm.objects.get()
    assert (form.signatory_email, form.complete) == ("cigdem@mavideniz.example", False)


def test_who_closes_the_page_in_the_middle_goes_on_there(site: LiveServer, cast: Cast) -> None:
    with seat(site, session_of(cast.people["owner"])) as person:
        person.open(FORM)
        person.page.get_by_label("İmzaya yetkili kişi ad soyad").fill("Çiğdem Işık")
        person.page.goto("about:blank")

        def is_there_again() -> bool:
            person.open(FORM)
            return person.page.get_by_label("İmzaya yetkili kişi ad soyad").input_value() == "Çiğdem Işık"

        until(is_there_again)


def test_a_line_that_is_down_is_said_and_nothing_is_lost(site: LiveServer, cast: Cast) -> None:
    with seat(site, session_of(cast.people["owner"])) as person:
        person.open(FORM)
        person.context.set_offline(True)
        name = person.page.get_by_label("İmzaya yetkili kişi ad soyad")
        name.fill("Çiğdem Işık")
        expect(person.page.locator("[data-draft-note]")).to_contain_text("Taslak kaydedilemedi")
        expect(name).to_have_value("Çiğdem Işık")
        person.context.set_offline(False)
        name.press("End")
        name.type(" Yalın")
        expect(person.page.locator("[data-draft-note]")).to_contain_text("Taslak kaydedildi")
    assert ApplicationForm.objects.get().signatory_name == "Çiğdem Işık Yalın"
