"""Who guesses is shut out before the password is looked at, and nobody can shut out the owner."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import signing
from django.db import connections
from django.test import Client, override_settings
from django.urls import reverse

from accounts import devices
from correspondence.models import Letter
from correspondence.outgoing.bodies import to_send
from tests.accounts.door import WRONG, is_in, knock, known_browser, person
from tests.scenarios.browser import words
from tests.scenarios.factories import PASSWORD

pytestmark = pytest.mark.django_db


class Counting(MD5PasswordHasher):
    looked = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).looked += 1
        return super().encode(password, salt)


@pytest.fixture
def looked() -> Iterator[type[Counting]]:
    """How often a password was hashed, be it to compare or to pretend."""
    Counting.looked = 0
    with override_settings(PASSWORD_HASHERS=[f"{__name__}.Counting"]):
        yield Counting


@pytest.mark.parametrize("staff", [False, True])
def test_after_sixty_wrong_passwords_the_right_one_lets_nobody_in(*, staff: bool) -> None:
    user, attacker = person(is_staff=staff), Client()
    answers = [knock(attacker, user.email, WRONG) for _try in range(60)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    refused = knock(attacker, user.email)
    assert refused.status_code == 429
    assert not is_in(attacker)
    assert not is_in(Client())
    page = words(refused)
    assert re.search(r"(Bugün|Yarın) \d\d:\d\d'\w+ sonra yeniden deneyebilirsiniz", page), page
    assert "şifrenizi yenileyin" in page


def test_a_new_browser_from_the_attackers_address_is_refused_as_well() -> None:
    user = person()
    for _try in range(60):
        knock(Client(), user.email, WRONG)
    fresh = Client()
    assert knock(fresh, user.email).status_code == 429
    assert not is_in(fresh)


def test_many_addresses_share_the_count_of_the_account() -> None:
    user = person()
    for number in range(60):
        knock(Client(), user.email, WRONG, address=f"203.0.113.{number}")
    fresh = Client()
    assert knock(fresh, user.email, address="198.51.100.9").status_code == 429
    assert not is_in(fresh)


def test_one_address_that_tries_many_accounts_is_refused() -> None:
    for number in range(60):
        knock(Client(), f"kisi{number}@baska.example", WRONG)
    user, attacker = person(), Client()
    assert knock(attacker, user.email).status_code == 429
    assert knock(Client(), user.email, address="198.51.100.9").status_code == 302


def test_of_ipv6_the_network_is_counted() -> None:
    user = person()
    for number in range(60):
        knock(Client(), user.email, WRONG, address=f"2001:db8:1:2::{number:x}")
    attacker = Client()
    assert knock(attacker, user.email, address="2001:db8:1:2:ffff::1").status_code == 429
    assert knock(Client(), user.email, address="2001:db8:1:3::1").status_code == 302


def test_the_owners_browser_comes_in_at_once_whatever_others_try() -> None:
    user = person()
    own = known_browser(user)
    for number in range(60):
        knock(Client(), user.email, WRONG, address=f"203.0.113.{number % 9}")
        knock(Client(), user.email, WRONG)
    assert knock(own, user.email, address="192.0.2.7").status_code == 302
    assert is_in(own)


def test_a_known_browser_has_a_limit_of_its_own() -> None:
    user = person()
    own = known_browser(user)
    assert [knock(own, user.email, WRONG).status_code for _try in range(11)] == [200] * 10 + [429]
    assert knock(own, user.email).status_code == 429
    assert knock(known_browser(user), user.email).status_code == 302


def test_one_persons_browser_is_no_key_to_another_account() -> None:
    mine, theirs = person(), person()
    client = known_browser(mine)
    for _try in range(60):
        knock(client, theirs.email, WRONG)
    assert knock(client, theirs.email).status_code == 429


@pytest.mark.parametrize(
    "cookie", ["", "x", signing.dumps({"1": "x"}, salt="another")], ids=["empty", "no token", "of another purpose"]
)
def test_a_cookie_that_we_did_not_sign_is_none(cookie: str) -> None:
    user, attacker = person(), Client()
    for _try in range(60):
        knock(attacker, user.email, WRONG)
    attacker.cookies["device"] = cookie
    assert knock(attacker, user.email).status_code == 429


def test_the_cookie_is_for_the_server_alone_and_holds_nobodys_name() -> None:
    user = person()
    cookie: Any = known_browser(user).cookies["device"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert user.email not in str(signing.loads(cookie.value, salt=devices.SALT))


def test_the_owners_new_browser_is_let_in_by_the_link_in_the_mail() -> None:
    user = person()
    for number in range(60):
        knock(Client(), user.email, WRONG, address=f"203.0.113.{number % 9}")
        knock(Client(), user.email, WRONG)
    fresh = Client()
    assert knock(fresh, user.email).status_code == 429
    fresh.post(reverse("account_reset_password"), {"email": user.email})
    letter = Letter.objects.filter(to=[user.email]).latest("created_at")
    link = re.search(r"https?://[^/\s]+(/\S+)", to_send(letter).text)
    assert link is not None
    form = fresh.get(link[1], follow=True)
    new = "yeni-kuzey-isigi-2026"
    fresh.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert knock(fresh, user.email, new).status_code == 302
    assert is_in(fresh)


def test_what_is_refused_says_nothing_of_the_password_or_of_the_account(looked: type[Counting]) -> None:
    user, attacker = person(), Client()
    nobody = f"{uuid4().hex[:8]}@yok.example"
    for _try in range(15):
        knock(attacker, user.email, WRONG)
        knock(attacker, nobody, WRONG)
    before = looked.looked
    answers = [knock(attacker, email, word) for email in (user.email, nobody) for word in (WRONG, PASSWORD)]
    assert {answer.status_code for answer in answers} == {429}
    assert len({words(answer) for answer in answers}) == 1
    assert looked.looked == before, "no password was looked at"


def test_an_unknown_address_costs_what_a_known_one_costs(looked: type[Counting]) -> None:
    user = person()
    spent: list[int] = []
    for email in (user.email, f"{uuid4().hex[:8]}@yok.example"):
        before = looked.looked
        knock(Client(), email, WRONG, address=f"198.51.100.{len(spent)}")
        spent.append(looked.looked - before)
    assert spent[0] == spent[1] > 0


def test_right_passwords_are_not_counted() -> None:
    user = person()
    for _time in range(45):
        assert knock(Client(), user.email).status_code == 302


def test_a_session_alone_cannot_try_the_password_without_end() -> None:
    user = person()
    thief = known_browser(user)
    knock(thief, user.email)
    del thief.cookies["device"]
    path = reverse("account_change_password")
    data = {"oldpassword": WRONG, "password1": "yeni-kuzey-isigi", "password2": "yeni-kuzey-isigi"}
    answers = [thief.post(path, data).status_code for _try in range(12)]
    assert answers[-1] == 429
    thief.post(path, {**data, "oldpassword": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql")
def test_tries_at_once_cannot_outrun_the_count(looked: type[Counting]) -> None:
    user = person()
    before = looked.looked

    def one(_number: int) -> int:
        try:
            return int(knock(Client(), user.email, WRONG).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(one, range(48)))
    assert answers.count(200) == 10
    assert answers.count(429) == 38
    assert looked.looked - before == 10
