"""`manage.py first_staff`: from nothing to somebody who is signed in and runs the portal."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from correspondence.models import Letter
from correspondence.outgoing import delivery
from tenancy.models import User
from tenancy.walls import runs_the_portal
from tests.scenarios.browser import words
from tests.scenarios.factories import UserFactory
from tests.scenarios.smtp_server import running

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "isletim@kiyi.example", "tuzlu-Rüzgar-2026-kum"


def first_staff(*arguments: str) -> str:
    said = StringIO()
    call_command("first_staff", *arguments, stdout=said)
    return said.getvalue()


def link_in(text: str) -> str:
    found = re.search(r"http://localhost:8000(/\S+)", text)
    assert found, text
    return found.group(1)


def sets_password(link: str) -> Client:
    client = Client()
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    return client


def test_the_link_sets_a_password_and_opens_supports_pages() -> None:
    sets_password(link_in(first_staff(EMAIL, "--name", "Ayşe Işık")))
    user = User.objects.get()
    assert runs_the_portal(user)
    assert user.full_name == "Ayşe Işık"
    client = Client()
    client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
    assert "Bugün ne bekliyor?" in words(client.get(reverse("admin:index")))


def test_run_again_it_gives_another_link_until_there_is_a_password() -> None:
    first_staff(EMAIL)
    sets_password(link_in(first_staff(EMAIL)))
    assert User.objects.count() == 1
    with pytest.raises(CommandError, match="runs the portal already"):
        first_staff(EMAIL)


def test_there_is_one_first_account_alone() -> None:
    first_staff(EMAIL)
    with pytest.raises(CommandError, match="runs the portal already"):
        first_staff("baska@kiyi.example")
    assert User.objects.count() == 1


def test_a_company_account_does_not_become_one_that_runs_the_portal() -> None:
    UserFactory.create(email=EMAIL)
    with pytest.raises(CommandError, match="not for running the portal"):
        first_staff(EMAIL)
    with pytest.raises(CommandError, match="no e-mail address"):
        first_staff("isletim")


def test_the_link_goes_by_mail_where_that_is_asked_for() -> None:
    said = first_staff(EMAIL, "--mail")
    assert "http" not in said
    with running() as server:
        delivery.deliver()
    assert Letter.objects.get().to == [EMAIL]
    text = server.messages[0].get_body(("plain",))
    assert text is not None
    sets_password(link_in(text.get_content()))
    assert User.objects.get().has_usable_password()
