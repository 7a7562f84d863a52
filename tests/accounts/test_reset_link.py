"""The link that renews a password: for an hour, once, and all that was open before is shut."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from django.test import Client
from django.urls import reverse

from accounts.models import Session
from correspondence.models import Letter
from correspondence.outgoing.bodies import to_send
from tenancy.models import User
from tests.accounts.door import is_in, knock, person
from tests.scenarios.browser import with_session
from tests.scenarios.factories import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "yeni-kuzey-isigi-2026"


def link_for(user: User) -> str:
    Client().post(reverse("account_reset_password"), {"email": user.email})
    text = to_send(Letter.objects.filter(to=[user.email]).latest("created_at")).text
    found = re.search(r"https?://[^/\s]+(/\S+)", text)
    assert found
    assert "bir saat" in text
    return found[1]


def follow(client: Client, link: str) -> Any:
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})


@pytest.mark.parametrize(("minutes", "works"), [(0, True), (59, True), (61, False), (24 * 60, False)])
def test_it_works_for_an_hour(minutes: int, *, works: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    user = person()
    link = link_for(user)
    later = datetime.now() + timedelta(minutes=minutes)  # noqa: DTZ005 - the generator's own clock has no zone
    monkeypatch.setattr(EmailAwarePasswordResetTokenGenerator, "_now", lambda _self: later)
    follow(Client(), link)
    assert User.objects.get(pk=user.pk).check_password(NEW) is works


def test_it_works_once() -> None:
    user = person()
    link = link_for(user)
    follow(Client(), link)
    user.refresh_from_db()
    user.set_password(PASSWORD)
    user.save()
    follow(Client(), link)
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_it_ends_every_session_and_says_so() -> None:
    user = person()
    thief = with_session(user)
    client = Client()
    follow(client, link_for(user))
    assert not Session.objects.filter(user=user).exists()
    assert thief.get(reverse("usersessions_list")).status_code == 302
    assert "bütün oturumlar kapatıldı" in to_send(Letter.objects.get(subject="Şifreniz yenilendi")).text
    assert not is_in(client), "whoever has the link signs in as everybody does"
    assert knock(client, user.email, NEW).status_code == 302


def test_who_was_signed_in_while_following_it_is_signed_out() -> None:
    user = person()
    client = with_session(user)
    follow(client, link_for(user))
    assert client.get(reverse("usersessions_list")).status_code == 302
