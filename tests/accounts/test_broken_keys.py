"""What a browser sends in the place of a passkey is refused in words, whatever it is, and never breaks a page."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.door import person
from tests.scenarios.browser import Screen, said, signed_in
from tests.scenarios.factories import PartnerFactory

pytestmark = pytest.mark.django_db
PARTS = {"id": "AAAA", "rawId": "AAAA", "type": "public-key"}
BROKEN: dict[str, Any] = {
    "no object": "x",
    "a list": [1],
    "one part": {"id": "x"},
    "no response": PARTS,
    "an empty response": {**PARTS, "response": {}},
    "numbers": {**PARTS, "response": {"clientDataJSON": 1, "authenticatorData": 2, "signature": 3}},
    "another client": {
        **PARTS,
        "response": {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AA"},
    },
    "a registration": {**PARTS, "response": {"clientDataJSON": "e30", "attestationObject": "AAAA"}},
}
WRITTEN = {what: json.dumps(said) for what, said in BROKEN.items()} | {
    "no JSON": "{",
    "a number of too many digits": "1" * 5000,
    "such a number inside": '{"id": ' + "1" * 5000 + "}",
    "too deep": "[" * 100_000,
    "too deep, and closed": '{"a": ' * 20_000 + "1" + "}" * 20_000,
    "no number": "NaN",
    "half of a sign": '"\\ud800"',
}


@pytest.mark.parametrize("what", WRITTEN)
def test_at_the_door(what: str) -> None:
    client = Client()
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": WRITTEN[what]})
    assert answer["Location"] == reverse("account_login")
    assert "Doğrulanamadı." in said(answer)[0]


@pytest.mark.parametrize("what", WRITTEN)
def test_as_a_new_key(what: str) -> None:
    PartnerFactory.create()
    client = signed_in(person())
    client.get(reverse("mfa_add_webauthn"))
    page = client.post(reverse("mfa_add_webauthn"), {"name": "Telefonum", "credential": WRITTEN[what]})
    assert page.status_code == 200
    assert "Geçiş anahtarı: Doğrulanamadı." in Screen(page)
    assert Screen(page).fields["name"] == "Telefonum"
