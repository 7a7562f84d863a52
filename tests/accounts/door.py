"""Coming to the door: the log-in form, from a browser and an address."""

from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from tenancy.models import User
from tests.scenarios.factories import PASSWORD, UserFactory

WRONG = "yanlis-parola-2026"


def person(**fields: Any) -> User:
    """Somebody whose address is verified, as after sign-up."""
    user: User = UserFactory.create(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def knock(client: Client, email: str, password: str = PASSWORD, *, address: str = "192.0.2.7", **more: str) -> Any:
    data = {"login": email, "password": password, **more}
    return client.post(reverse("account_login"), data, REMOTE_ADDR=address)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def known_browser(user: User, address: str = "192.0.2.100") -> Client:
    """One that has signed in as the person, and out again."""
    client = Client()
    knock(client, user.email, address=address)
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not is_in(client)
    return client
