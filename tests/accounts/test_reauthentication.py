"""A session alone changes nothing that matters, and what was typed goes on after the password."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from correspondence.models.sending import SendingAccount
from tenancy.models import User
from tests.accounts.door import WRONG, person
from tests.scenarios.browser import with_session
from tests.scenarios.factories import PASSWORD, MembershipFactory

pytestmark = pytest.mark.django_db
ASKED = reverse("account_reauthenticate")
NEW = "yeni@mavideniz.example"


@pytest.fixture
def user() -> User:
    user = person()
    MembershipFactory.create(user=user)
    return user


def second(user: User) -> EmailAddress:
    found: EmailAddress = EmailAddress.objects.create(user=user, email=NEW, verified=True, primary=False)
    return found


CHANGES: dict[str, tuple[str, dict[str, str]]] = {
    "add an address": ("account_email", {"email": "baska@mavideniz.example", "action_add": ""}),
    "make primary": ("account_email", {"email": NEW, "action_primary": ""}),
    "remove an address": ("account_email", {"email": NEW, "action_remove": ""}),
    "end sessions": ("usersessions_list", {}),
    "set up an app": ("mfa_activate_totp", {"code": "123456"}),
    "add a key": ("mfa_add_webauthn", {"credential": "{}"}),
    "new recovery codes": ("mfa_generate_recovery_codes", {}),
    "sending account": ("team:sending_account", {"host": "127.0.0.1", "port": "9", "security": "none"}),
    "remove the sending account": ("team:remove_account", {}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_session_alone_is_asked_for_the_password(user: User, what: str) -> None:
    second(user)
    name, data = CHANGES[what]
    path = reverse(name)
    before = state(user)
    answer = with_session(user).post(path, data)
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{ASKED}?next="), answer["Location"]
    assert state(user) == before


def state(user: User) -> Any:
    fresh = User.objects.get(pk=user.pk)
    addresses = EmailAddress.objects.filter(user=user).order_by("pk").values_list("email", "primary", "verified")
    return fresh.email, fresh.password, list(addresses), SendingAccount.objects.count()


def test_who_has_just_signed_in_is_asked_too(user: User) -> None:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    second(user)
    answer = client.post(reverse("account_email"), {"email": NEW, "action_primary": ""})
    assert answer["Location"].startswith(ASKED)


def test_what_was_sent_goes_on_after_the_password(user: User) -> None:
    second(user)
    client = with_session(user)
    asked = client.post(reverse("account_email"), {"email": NEW, "action_primary": ""})["Location"]
    client.post(asked, {"password": WRONG})
    assert User.objects.get(pk=user.pk).email != NEW
    # The form sends `next` in the field that it carries.
    client.post(ASKED, {"password": PASSWORD, "next": reverse("account_email")})
    assert User.objects.get(pk=user.pk).email == NEW
    # For five minutes nothing is asked again.
    client.post(reverse("account_email"), {"email": user.email, "action_primary": ""})
    assert User.objects.get(pk=user.pk).email == user.email


def test_also_where_something_stands_behind_the_path(user: User) -> None:
    second(user)
    client = with_session(user)
    path = f"{reverse('account_email')}?kaynak=menu&next=/"
    asked = client.post(path, {"email": NEW, "action_primary": ""})["Location"]
    client.post(asked, {"password": PASSWORD})
    assert User.objects.get(pk=user.pk).email == NEW


def test_a_sending_account_is_kept_as_it_was_typed(user: User) -> None:
    client = with_session(user)
    typed = {
        "host": "127.0.0.1", "port": "2587", "security": "none", "user_name": "kuzey",
        "email": "bilgi@mavideniz.example", "password": "çok gizli & özel=1",
    }  # fmt: skip
    asked = client.post(reverse("team:sending_account"), typed)["Location"]
    client.post(asked, {"password": PASSWORD})
    account = SendingAccount.objects.get()
    assert (account.host, account.port, account.user_name) == ("127.0.0.1", 2587, "kuzey")
    assert account.password == "çok gizli & özel=1"


def test_what_was_given_up_does_not_happen_later(user: User) -> None:
    """The page is asked for anew and the password typed: the form of long ago is not sent with it."""
    second(user)
    client = with_session(user)
    path = reverse("mfa_generate_recovery_codes")
    client.post(reverse("account_email"), {"email": NEW, "action_remove": ""})
    asked = client.get(path)["Location"]
    client.post(asked, {"password": PASSWORD})
    client.post(ASKED, {"password": PASSWORD, "next": reverse("account_email")})
    assert EmailAddress.objects.filter(email=NEW).exists()


def test_looking_is_free(user: User) -> None:
    client = with_session(user)
    for name in ("account_email", "account_change_password", "usersessions_list", "team:sending_account"):
        assert client.get(reverse(name)).status_code == 200


def test_after_five_minutes_it_is_asked_again(user: User, settings: Any) -> None:
    second(user)
    client = with_session(user)
    asked = client.post(reverse("account_email"), {"email": NEW, "action_primary": ""})["Location"]
    client.post(asked, {"password": PASSWORD})
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    answer = client.post(reverse("account_email"), {"email": user.email, "action_primary": ""})
    assert answer["Location"].startswith(ASKED)
