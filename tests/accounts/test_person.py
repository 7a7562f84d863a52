"""Who asks is found with the session, in one statement, and as surely as Django finds out by itself."""

import pytest
from django.contrib.auth import HASH_SESSION_KEY
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Session
from tenancy.models import User
from tests.accounts.door import person
from tests.scenarios.browser import with_session

pytestmark = pytest.mark.django_db
LIST = reverse("usersessions_list")


def is_in(client: Client) -> bool:
    return bool(client.get(LIST).status_code == 200)


def test_one_statement_brings_the_session_and_its_person() -> None:
    client = with_session(person())
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        assert is_in(client)
    users = [each["sql"] for each in asked if "password" in each["sql"] and "tenancy_user" in each["sql"]]
    assert len(users) == 1
    assert "accounts_session" in users[0]


def test_who_may_not_sign_in_any_more_is_out_at_the_next_page() -> None:
    user = person()
    client = with_session(user)
    assert is_in(client)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_in(client)


def test_another_password_ends_the_session() -> None:
    user = person()
    client = with_session(user)
    assert is_in(client)
    user.set_password("baska bir parola 7")
    user.save()
    assert not is_in(client)
    assert not Session.objects.filter(user=user).exists()


def test_a_session_from_before_the_key_was_changed_goes_on_with_the_new_one() -> None:
    user = person()
    with override_settings(SECRET_KEY="the key of before"):
        client = with_session(user)
    with override_settings(SECRET_KEY_FALLBACKS=["the key of before"]):
        assert is_in(client)
    assert client.session[HASH_SESSION_KEY] == user.get_session_auth_hash()
    assert is_in(client)


def test_a_row_that_names_somebody_else_lets_nobody_in_as_that_person() -> None:
    """The row says whose the session is, for lists; what is sealed in it decides."""
    user, other = person(), person()
    client = with_session(user)
    Session.objects.filter(user=user).update(user=other)
    assert client.get(LIST).wsgi_request.user == user


def test_a_way_of_signing_in_that_is_gone_lets_nobody_in() -> None:
    client = with_session(person())
    with override_settings(AUTHENTICATION_BACKENDS=["django.contrib.auth.backends.ModelBackend"]):
        assert not is_in(client)
