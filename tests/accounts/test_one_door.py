"""There is one log-in for customers and staff; the pages of staff have none of their own."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.door import is_in, knock, person
from tests.scenarios.browser import with_session
from tests.scenarios.factories import PASSWORD

pytestmark = pytest.mark.django_db
LIST = "/destek/onboarding/application/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_log_in_of_staff_leads_to_the_common_one(method: str) -> None:
    user, client = person(is_staff=True, is_superuser=True), Client()
    data = {"username": user.email, "password": PASSWORD, "next": LIST}
    answer = getattr(client, method)(reverse("admin:login"), data)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={LIST}")
    assert not is_in(client)


@pytest.mark.parametrize("foreign", ["https://kotu.example/", "//kotu.example", "javascript:alert(1)", ""])
def test_it_leads_nowhere_else(foreign: str) -> None:
    answer = Client().get(reverse("admin:login"), {"next": foreign})
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse('admin:index')}"


def test_staff_come_to_the_page_that_they_asked_for() -> None:
    user, client = person(is_staff=True, is_superuser=True), Client()
    step = client.get(LIST)
    step = client.get(step["Location"])
    assert step["Location"] == f"{reverse('account_login')}?next={LIST}"
    assert knock(client, user.email, next=LIST)["Location"] == LIST
    assert client.get(LIST).status_code == 200


def test_staff_land_on_their_pages_and_people_of_companies_on_the_board() -> None:
    staff, client = person(is_staff=True), Client()
    knock(client, staff.email)
    assert client.get(reverse("onboarding:board"))["Location"] == reverse("admin:index")


def test_who_is_signed_in_and_no_staff_is_told_so() -> None:
    client = with_session(person())
    assert client.get(reverse("admin:login")).status_code == 403
    assert client.post(reverse("admin:login"), {"username": "x", "password": "y"}).status_code == 403


def test_signing_out_and_changing_the_password_are_the_common_ones_too() -> None:
    client = with_session(person(is_staff=True))
    for name in ("admin:password_change", "admin:password_change_done"):
        assert client.get(reverse(name))["Location"] == reverse("account_change_password")
        assert client.post(reverse(name), {"old_password": PASSWORD})["Location"] == reverse(
            "account_change_password"
        )
    assert client.post(reverse("admin:logout"))["Location"] == reverse("start")
    assert not is_in(client)
