"""A session alone changes nothing that matters, and what was typed goes on after the password."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts import reauthentication
from correspondence.models.sending import SendingAccount
from tenancy.models import Invitation, User
from tenancy.roles import Role
from tests.accounts.door import WRONG, person
from tests.scenarios.browser import with_session, words
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


PEOPLE = reverse("team:people")


def refused_after_the_password(user: User, client: Client) -> None:
    asked = client.post(PEOPLE, {"email": user.email, "role": Role.EDITOR})["Location"]
    assert client.post(asked, {"password": PASSWORD})["Location"] == PEOPLE


def test_a_form_that_is_refused_after_the_password_stands_at_its_own_address(user: User) -> None:
    """Under the address where the password was asked, its button would lose what was typed."""
    client = with_session(user)
    refused_after_the_password(user, client)
    answer = client.get(PEOPLE)
    assert answer.status_code == 422
    page = words(answer)
    assert "Bu kişi zaten ekibinizde." in page
    assert f'value="{user.email}"' in answer.content.decode()
    client.post(PEOPLE, {"email": NEW, "role": Role.EDITOR})
    assert Invitation.objects.get().email == NEW
    assert client.get(PEOPLE).status_code == 200, "shown once"


def test_a_page_that_asks_once_more_after_the_password_does_too(user: User) -> None:
    client, other = with_session(user), MembershipFactory.create(company=user.companies.get())
    path = f"{reverse('team:role', args=[other.pk])}?kaynak=menu"
    asked = client.post(path, {"role": Role.VIEWER})["Location"]
    assert client.post(asked, {"password": PASSWORD})["Location"] == path
    assert "artık daha az şey yapabilecek" in words(client.get(path))
    client.post(path, {"role": Role.VIEWER, "confirmed": "yes"})
    other.refresh_from_db()
    assert other.role == Role.VIEWER


def test_what_waits_for_its_address_is_shown_nowhere_else_to_nobody_else_and_not_for_long(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = with_session(user)
    refused_after_the_password(user, client)
    for path in (reverse("team:notices"), f"{PEOPLE}?x=1"):
        assert "Bu kişi zaten ekibinizde." not in words(client.get(path))
    client.force_login(MembershipFactory.create(company=user.companies.get()).user)
    assert client.get(PEOPLE).status_code == 200
    client = with_session(user)
    refused_after_the_password(user, client)
    monkeypatch.setattr(reauthentication, "SHOWN_WITHIN", 0)
    assert client.get(PEOPLE).status_code == 200
