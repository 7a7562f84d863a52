"""Each person chooses how much is told by mail, on a page of their own."""

import pytest
from django.test import Client
from django.urls import reverse

from tenancy.models import User
from tenancy.notices import people_to_tell, staff_to_tell_now
from tenancy.roles import Role
from tests.scenarios.browser import Screen, signed_in
from tests.scenarios.factories import CompanyFactory, MembershipFactory, PartnerFactory, UserFactory
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db
PAGE = reverse("team:notices")


def test_a_person_of_a_company_chooses_and_it_holds_for_that_person_alone() -> None:
    mine = MembershipFactory.create()
    other = MembershipFactory.create(company=mine.company)
    client = signed_in(mine.user)
    shown = Screen(client.get(PAGE))
    assert shown.ticked == ["all"]
    assert "en az bir sahibi her zaman alır" in shown
    assert "Destek ekibinin işleri" not in shown
    assert client.post(PAGE, {"notices": "none"})["Location"] == PAGE
    assert Screen(client.get(PAGE)).ticked == ["none"]
    other.refresh_from_db()
    assert other.wants == "all"


def test_staff_choose_theirs() -> None:
    user = colleague()
    client = signed_in(user)
    assert Screen(client.get(PAGE)).ticked == ["digest"]
    client.post(PAGE, {"staff_notices": "now"})
    assert User.objects.get(pk=user.pk).staff_notices == "now"


def test_what_is_not_on_the_list_is_refused() -> None:
    member = MembershipFactory.create()
    answer = signed_in(member.user).post(PAGE, {"notices": "sometimes", "staff_notices": "now"})
    assert answer.status_code == 422
    member.user.refresh_from_db()
    assert (member.wants, member.user.staff_notices) == ("all", "digest")


def test_nobody_gets_here_without_signing_in() -> None:
    assert Client().get(PAGE)["Location"].startswith(reverse("account_login"))


def test_who_is_told_follows_from_what_each_chose() -> None:
    company = CompanyFactory.create()
    people = {
        name: MembershipFactory.create(company=company, role=role, notices=notices).user.email
        for name, role, notices in (
            ("all", Role.OWNER, ""),
            ("turn", Role.EDITOR, "turn"),
            ("none", Role.EDITOR, "none"),
            ("viewer", Role.VIEWER, ""),
            ("curious viewer", Role.VIEWER, "all"),
        )
    }
    assert people_to_tell(company, turn=True) == [people["all"], people["turn"], people["curious viewer"]]
    assert people_to_tell(company, turn=False) == [people["all"], people["curious viewer"]]


def test_one_owner_is_always_told_that_it_is_the_companys_turn() -> None:
    company = CompanyFactory.create()
    gone = MembershipFactory.create(company=company, notices="none").user
    gone.is_active = False
    gone.save()
    first = MembershipFactory.create(company=company, notices="none").user
    MembershipFactory.create(company=company, notices="none")
    editor = MembershipFactory.create(company=company, role=Role.EDITOR).user
    assert people_to_tell(company, turn=True) == [editor.email, first.email]
    assert people_to_tell(company, turn=False) == [editor.email]


def test_only_the_partners_own_staff_is_told_at_once() -> None:
    company = CompanyFactory.create()
    hasty = UserFactory.create(is_staff=True, partner=company.partner, staff_notices="now")
    UserFactory.create(is_staff=True, partner=company.partner)
    elsewhere = PartnerFactory.create(is_default=False, host_name="oteki.example")
    UserFactory.create(is_staff=True, partner=elsewhere, staff_notices="now")
    UserFactory.create(partner=company.partner, staff_notices="now")
    assert staff_to_tell_now(company, but=None) == [hasty.email]
    assert staff_to_tell_now(company, but=hasty) == []
