"""A known and an unknown address get the same: page, status, cookies, work; the mail tells the rest."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from correspondence.models import Letter
from correspondence.outgoing.bodies import to_send
from tests.accounts import test_lock_out
from tests.accounts.door import WRONG, knock, person
from tests.accounts.test_lock_out import Counting
from tests.scenarios.factories import PartnerFactory

pytestmark = pytest.mark.django_db


def sign_up(client: Client, email: str) -> list[Any]:
    data = {"full_name": "Ada Yalın", "email": email, "password1": "kuzey-isigi-2026"}
    sent = client.post(reverse("account_signup"), data)
    page = client.get(sent["Location"])
    wrong = client.post(sent["Location"], {"code": "x"})
    again = client.get(reverse("account_login"))
    elsewhere = client.get(reverse("onboarding:board"))
    return [sent, page, wrong, again, elsewhere]


def sign_up_by_passkey(client: Client, email: str) -> list[Any]:
    sent = client.post(reverse("account_signup_by_passkey"), {"full_name": "Ada Yalın", "email": email})
    page = client.get(sent["Location"])
    return [sent, page, client.get(reverse("mfa_signup_webauthn"))]


def reset(client: Client, email: str) -> list[Any]:
    sent = client.post(reverse("account_reset_password"), {"email": email})
    return [sent, client.get(sent["Location"])]


def log_in(client: Client, email: str) -> list[Any]:
    return [knock(client, email, WRONG, address=f"198.51.100.{uuid4().int % 250}")]


def to_compare(answer: Any, email: str) -> object:
    """All that a browser gets, without the address and what is random."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]+"', "", answer.content.decode())
    text = re.sub(r'data-countdown="\d+"([^>]*>)\d+', r"\1", text)  # seconds until another code may be asked for
    cookies = {name: (each["path"], each["max-age"], each["httponly"]) for name, each in answer.cookies.items()}
    of_this_answer = ("Content-Security-Policy", "Expires", "X-Request-ID")
    headers = {name: value for name, value in answer.headers.items() if name not in of_this_answer}
    return answer.status_code, text.replace(email, "…"), cookies, {
        name: value.replace(str(len(answer.content)), "n") for name, value in headers.items()
    }  # fmt: skip


@pytest.mark.parametrize("asked", [sign_up, sign_up_by_passkey, reset, log_in])
def test_both_get_the_same_for_the_same_work(asked: Callable[[Client, str], list[Any]]) -> None:
    PartnerFactory.create()
    known, unknown = person().email, f"kisi{uuid4().hex[:4]}@mavideniz.example"
    with override_settings(PASSWORD_HASHERS=[f"{test_lock_out.__name__}.Counting"]):
        seen, spent, letters = [], [], []
        for email in (known, unknown):
            before, posted = Counting.looked, Letter.objects.count()
            client = Client()
            answers = asked(client, email)
            seen.append([to_compare(answer, email) for answer in answers])
            # What the browser holds afterwards, and how much the server does.
            seen[-1].append(sorted(client.cookies))
            spent.append(Counting.looked - before)
            letters.append(Letter.objects.count() - posted)
    for one, other in zip(*seen, strict=True):
        assert one == other
    assert spent[0] == spent[1]
    assert letters[0] == letters[1]
    assert spent[0] == (1 if asked in (sign_up, log_in) else 0)


def test_the_mail_tells_the_rest() -> None:
    PartnerFactory.create()
    known = person().email
    sign_up(Client(), known)
    assert "zaten bir hesap var" in to_send(Letter.objects.get(to=[known])).text
    reset(Client(), "yok@yok.example")
    assert "hesap yok" in to_send(Letter.objects.get(to=["yok@yok.example"])).text
