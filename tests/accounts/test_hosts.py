"""Letters of accounts carry the account's own host and its partner's name, whatever host somebody asked under."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from correspondence.models import Letter
from correspondence.outgoing.bodies import to_send
from partners.models import Partner
from tests.accounts.door import person
from tests.scenarios.factories import CompanyFactory, MembershipFactory, PartnerFactory

pytestmark = pytest.mark.django_db
A, B = "a-portal.example", "b-portal.example"


@pytest.fixture(autouse=True)
def partners(settings: Any) -> tuple[Partner, Partner]:
    settings.ALLOWED_HOSTS = [A, B, "kotu.example", "localhost"]
    PartnerFactory.create()
    return (
        Partner.objects.create(name="Ada Mesaj", legal_name="Ada A.Ş.", host_name=A),
        Partner.objects.create(name="Burun Mesaj", legal_name="Burun A.Ş.", host_name=B),
    )


def asked_under(host: str, name: str, **data: str) -> tuple[str, set[str]]:
    """In whose name the letter came, and the hosts in it."""
    client = Client(headers={"host": host})
    client.post(reverse(name), data)
    letter = Letter.objects.filter(to=[data["email"]]).latest("created_at")
    body = to_send(letter)
    return letter.from_name, set(re.findall(r"https?://([^/\s\"<]+)", body.text + body.html))


@pytest.mark.parametrize("host", [A, B, "localhost", "kotu.example"])
def test_a_companys_person_is_written_to_from_the_own_partner(
    host: str, partners: tuple[Partner, Partner]
) -> None:
    user = person()
    MembershipFactory.create(user=user, company=CompanyFactory.create(partner=partners[0]))
    own = partners[0].portal_url.split("://")[1]
    assert asked_under(host, "account_reset_password", email=user.email) == ("Ada Mesaj", {own})
    data = {"email": user.email, "full_name": "Ada Yalın", "password1": "kuzey-isigi-2026"}
    assert asked_under(host, "account_signup", **data) == ("Ada Mesaj", {own})


@pytest.mark.parametrize("host", [A, B, "kotu.example"])
def test_staff_are_written_to_from_the_partner_that_they_work_for(
    host: str, partners: tuple[Partner, Partner]
) -> None:
    user = person(is_staff=True, partner=partners[1])
    own = partners[1].portal_url.split("://")[1]
    assert asked_under(host, "account_reset_password", email=user.email) == ("Burun Mesaj", {own})


def test_who_belongs_to_both_is_written_to_from_the_one_that_was_visited(
    partners: tuple[Partner, Partner],
) -> None:
    user = person()
    for partner in partners:
        MembershipFactory.create(user=user, company=CompanyFactory.create(partner=partner))
    assert asked_under(B, "account_reset_password", email=user.email)[0] == "Burun Mesaj"
    assert asked_under(A, "account_reset_password", email=user.email)[0] == "Ada Mesaj"


def test_a_host_that_is_none_of_ours_stands_in_no_letter() -> None:
    for email in (person().email, "yok@yok.example"):
        name, hosts = asked_under("kotu.example", "account_reset_password", email=email)
        assert name == "Kıyı İletişim"
        assert hosts == {"localhost:8000"}
