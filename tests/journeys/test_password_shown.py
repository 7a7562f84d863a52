"""A password is typed blind, unless somebody wants to see it."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.stage import Watched, chromium
from tests.scenarios.factories import PartnerFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_typed_can_be_seen_and_is_hidden_again_when_it_is_sent(site: LiveServer) -> None:
    PartnerFactory.create()
    with chromium() as launched:
        seat = Watched(launched, site.url, width=390)
        page = seat.page
        page.goto(f"{site.url}/hesap/login/")
        field = page.locator("input[type=password]")
        name = field.get_attribute("name")
        seat.fill(**{"login": "ada@mavideniz.example", str(name): "yanlis-parola"})
        page.get_by_role("button", name="Şifreyi göster").click()
        shown = page.locator(f"input[name={name}]")
        expect(shown).to_have_attribute("type", "text")
        page.get_by_role("button", name="Şifreyi gizle").click()
        expect(shown).to_have_attribute("type", "password")
        page.get_by_role("button", name="Şifreyi göster").click()
        # The form stays, so that one sees what was sent.
        page.evaluate(
            "document.querySelector('main form').addEventListener('submit', (event) => event.preventDefault())"
        )
        page.get_by_role("button", name="Giriş yap", exact=True).click()
        expect(shown).to_have_attribute("type", "password")
        assert "\n".join(seat.complaints) == ""
