"""Passkeys in a real browser: signing up and in without a password, and as the second step after one."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import pytest
from django.db import connections
from pytest_django.live_server_helper import LiveServer

from correspondence.models import Letter
from correspondence.outgoing.bodies import to_send
from tenancy.models import User
from tests.accounts.door import person
from tests.journeys.stage import Watched, chromium
from tests.journeys.telephone import add_keys
from tests.journeys.unscripted import Unscripted
from tests.scenarios.factories import PASSWORD, MembershipFactory, PartnerFactory

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


def asked(question: Callable[[], T]) -> T:
    """What the database says, from a thread without the browser's loop."""

    def there() -> T:
        try:
            return question()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(there).result()


@contextmanager
def telephone(site: LiveServer) -> Iterator[Watched]:
    """A browser whose keys are kept by the device itself, behind a finger."""
    with chromium() as launched:
        seat = Watched(launched, site.url, width=390)
        add_keys(seat)
        yield seat
        # Labels and colours are the pages' own matter; here it is about what the browser refuses to run.
        assert not [each for each in seat.complaints if "Content Security Policy" in each or "script:" in each]


def code_for(email: str) -> str:
    letter = Letter.objects.filter(to=[email]).latest("created_at")
    found = re.search(r"\b\d{6}\b", to_send(letter).text)
    assert found
    return found[0]


def press(seat: Watched, css: str, lands_on: str) -> None:
    seat.page.locator(css).click()
    seat.page.wait_for_url(f"**{lands_on}")


def leave(seat: Watched) -> None:
    seat.page.get_by_role("button", name="Menü").click()
    seat.page.get_by_role("button", name="Çıkış").click()


def test_who_signs_up_with_a_passkey_comes_in_with_it(site: LiveServer) -> None:
    PartnerFactory.create()
    email = "ada@gecis.example"
    with telephone(site) as seat:
        page = seat.page
        page.goto(f"{site.url}/hesap/signup/")
        page.get_by_role("link", name="Şifre yerine geçiş anahtarıyla kaydolun").click()
        seat.fill(full_name="Ada Yalın", email=email)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("**/hesap/confirm-email/")
        seat.fill(code=asked(lambda: code_for(email)))
        page.wait_for_url("**/hesap/dogrulama/webauthn/signup/")
        press(seat, "#mfa_webauthn_signup", "/firma/yeni/")
        user = asked(lambda: User.objects.get(email=email))
        assert not user.has_usable_password()
        leave(seat)
        page.goto(f"{site.url}/hesap/login/")
        # Both factors at once: no password, no code.
        press(seat, "#passkey_login", "/firma/yeni/")


def test_passkeys_are_offered_where_script_runs_and_nowhere_else(site: LiveServer) -> None:
    PartnerFactory.create()
    with chromium() as launched:
        for seat, offered in ((Watched(launched, site.url), True), (Unscripted(launched, site.url), False)):
            seat.page.goto(f"{site.url}/hesap/login/")
            assert seat.page.get_by_role("button", name="Geçiş anahtarıyla gir").is_visible() is offered
            assert seat.page.get_by_role("button", name="Giriş yap", exact=True).is_visible()


def test_a_key_is_the_second_step_after_a_password(site: LiveServer) -> None:
    user = person()
    MembershipFactory.create(user=user)
    with telephone(site) as seat:
        page = seat.page
        page.goto(f"{site.url}/hesap/login/?next=/hesap/dogrulama/webauthn/add/")
        seat.fill(login=user.email, password=PASSWORD)
        page.get_by_role("button", name="Giriş yap", exact=True).click()
        page.wait_for_url("**/hesap/reauthenticate/**")
        seat.fill(password=PASSWORD)
        press(seat, "main form.card button[type=submit]", "/hesap/dogrulama/webauthn/add/")
        press(seat, "#mfa_webauthn_add", "/hesap/dogrulama/recovery-codes/")
        leave(seat)
        page.wait_for_url(f"{site.url}/")
        page.goto(f"{site.url}/hesap/login/")
        seat.fill(login=user.email, password=PASSWORD)
        page.get_by_role("button", name="Giriş yap", exact=True).click()
        page.wait_for_url("**/hesap/dogrulama/authenticate/")
        seat.page.locator("#mfa_webauthn_authenticate").click()
        page.wait_for_url(re.compile("/basvuru/"))
