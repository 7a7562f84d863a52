"""What a person reads of her account, on pages and in mails, is the portal's own: no words of django-allauth."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import allauth
import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from accounts.adapter import AccountAdapter
from correspondence.models import Letter
from correspondence.outgoing.bodies import to_send
from tests.accounts.door import person
from tests.scenarios.browser import Screen, words
from tests.scenarios.factories import PartnerFactory

pytestmark = pytest.mark.django_db
OWN = Path(settings.BASE_DIR) / "templates"
THEIRS = Path(allauth.__file__).parent / "templates"
# Of telephone numbers and of log-in by a mailed code, which the portal does not offer.
NOT_OFFERED = {"phone_verification_sent.txt", "phone_verified.txt", "login_code_sent.txt"}
PASSWORD = "kuzey-isigi-2026"


def own(name: str) -> bool:
    return Path(get_template(name).template.origin.name).is_relative_to(OWN)  # type: ignore[attr-defined]


def views(patterns: list[Any]) -> Iterator[Callable[..., Any]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from views(each.url_patterns)
        else:
            yield each.callback


def test_every_page_has_a_template_of_our_own() -> None:
    classes = [getattr(view, "view_class", None) for view in views(get_resolver().url_patterns)]
    pages = {str(getattr(each, "template_name", "")) for each in classes} - {"", "None"}
    of_accounts = {page for page in pages if page.startswith(("account/", "mfa/", "usersessions/"))}
    assert len(of_accounts) >= 15
    assert {page for page in of_accounts if not own(page)} == set()


@pytest.mark.parametrize("app", ["account", "mfa"])
def test_every_message_is_in_our_words(app: str) -> None:
    names = {file.name for file in (THEIRS / app / "messages").iterdir()} - NOT_OFFERED
    assert {name for name in names if not own(f"{app}/messages/{name}")} == set()


def test_what_is_not_offered_has_no_page() -> None:
    for name in ("account_confirm_login_code", "account_request_login_code", "account_confirm_email", "mfa_trust"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert Client().get("/hesap/login/code/confirm/").status_code == 404


def test_no_new_accounts_are_taken_says_so_and_leads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    partner = PartnerFactory.create()
    monkeypatch.setattr(AccountAdapter, "is_open_for_signup", lambda *_args: False)
    page = Client().get(reverse("account_signup"))
    assert "Şu anda yeni hesap açılmıyor" in words(page)
    assert partner.support_email in words(page)
    assert Screen(page).links["Giriş yapın"] == reverse("account_login")


def letter_to(email: str, name: str, **data: str) -> Letter:
    Client().post(reverse(name), {"email": email, **data})
    return Letter.objects.filter(to=[email]).latest("created_at")


def test_letters_say_the_same_in_both_bodies_under_a_fixed_subject() -> None:
    partner = PartnerFactory.create()
    known, sign_up = person().email, {"full_name": "Ada Yalın", "password1": PASSWORD}
    due = {
        r"\d{6} doğrulama kodunuz": (letter_to("yeni@kuzey.example", "account_signup", **sign_up), r"\b\d{6}\b"),
        "Bu adresle zaten bir hesap var": (letter_to(known, "account_signup", **sign_up), r"http\S+/reset/"),
        "Şifrenizi yenileyin": (letter_to(known, "account_reset_password"), r"http\S+/reset/key/[^\s\"]+"),
        "Bu adresle bir hesap yok": (
            letter_to("kimse@kuzey.example", "account_reset_password"),
            r"http\S+/signup/",
        ),
    }
    for subject, (letter, pattern) in due.items():
        body = to_send(letter)
        assert re.fullmatch(subject, body.subject)
        in_text, in_html = re.search(pattern, body.text), re.search(pattern, body.html)
        assert in_text, subject
        assert in_html, subject
        assert in_text[0] == in_html[0]
        assert partner.name in body.text
        assert partner.name in body.html
        assert "kimse hesabınıza giremez" in body.html


def test_a_wrong_password_is_not_called_unsaved() -> None:
    answer = Client().post("/hesap/login/", {"login": "kimse@baska.example", "password": "yanlış-bir-şifre-1"})
    said = answer.content.decode()
    assert "Giriş yapılamadı" in said
    assert "Kaydedilemedi" not in said
