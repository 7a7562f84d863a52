"""“Hesabım”: everything of a person's own account on one page, for people of companies and for staff."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.door import person
from tests.accounts.factors import with_app
from tests.scenarios.browser import Screen, signed_in, words
from tests.scenarios.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
MINE = "/hesap/"


def test_it_is_shown_to_who_is_signed_in() -> None:
    assert Client().get(MINE)["Location"] == f"/hesap/login/?next={MINE}"


def test_it_leads_to_each_part_of_the_account() -> None:
    user = person()
    company = MembershipFactory.create(user=user).company
    page = Screen(signed_in(user).get(MINE))
    for name in ("account_email", "account_change_password", "mfa_activate_totp", "mfa_add_webauthn"):
        assert reverse(name) in page.links.values(), name
    assert reverse("usersessions_list") in page.links.values()
    assert reverse("team:notices") in page.links.values()
    assert company.trade_name in page
    assert user.email in page
    # One company and one session: there is nothing to change to, and none to end.
    assert reverse("team:choose") not in page.links.values()
    assert "Diğer tüm oturumları kapat" not in page.buttons


def test_who_has_an_app_sees_the_codes_that_are_left() -> None:
    user = person()
    with_app(user)
    page = Screen(signed_in(user).get(MINE))
    assert "10 kodunuz kaldı" in page
    assert reverse("mfa_view_recovery_codes") in page.links.values()
    assert reverse("mfa_deactivate_totp") in page.links.values()


def test_the_name_is_changed_in_place() -> None:
    user = person(full_name="Ada")
    client = signed_in(user)
    assert client.post(MINE, {"full_name": " Ada\N{ZERO WIDTH SPACE} Yalın "})["Location"] == MINE
    user.refresh_from_db()
    assert user.full_name == "Ada Yalın"
    refused = client.post(MINE, {"full_name": "x" * 151})
    assert refused.status_code == 422
    assert Screen(refused).fields["full_name"] == "x" * 151
    user.refresh_from_db()
    assert user.full_name == "Ada Yalın"


def test_who_belongs_to_several_companies_may_go_to_another() -> None:
    user = person()
    companies = [MembershipFactory.create(user=user).company for _ in range(2)]
    page = Screen(signed_in(user).get(MINE))
    assert all(company.trade_name in page for company in companies)
    assert page.links["Başka bir firmaya geç"] == reverse("team:choose")


def test_who_has_a_company_finds_how_to_add_another() -> None:
    client = signed_in(MembershipFactory.create(user=person()).user)
    for path in (MINE, reverse("team:choose")):
        assert Screen(client.get(path)).links["Başka bir firma ekle"] == reverse("team:company_new"), path


def test_staff_have_it_too() -> None:
    staff = UserFactory.create(is_staff=True)
    client = signed_in(staff)
    with_app(staff)
    assert f'href="{MINE}"' in client.get(reverse("admin:index")).content.decode()
    assert "Bir firmaya bağlı değilsiniz." in words(client.get(MINE))
