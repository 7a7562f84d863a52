"""What support does to a company's people: by buttons alone, with a reason, told to whom it concerns."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from correspondence.models import Letter
from correspondence.outgoing.outbox import body_of
from journal.models import Entry, Event
from tenancy.models import Company, Membership, PastMembership, User
from tenancy.roles import Role
from tests.scenarios.browser import Screen, signed_in, words
from tests.scenarios.factories import CompanyFactory, MembershipFactory, UserFactory
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db
RIGHTS = tuple(f"{act}_membership" for act in ("view", "add", "change", "delete"))
ADD = reverse("admin:tenancy_membership_add")


@pytest.fixture
def company() -> Company:
    found: Company = CompanyFactory.create()
    for _each in range(2):
        MembershipFactory.create(company=found)
    return found


@pytest.fixture
def staff() -> User:
    return colleague(*RIGHTS, "view_company", "change_company")


@pytest.fixture
def client(staff: User) -> Client:
    return signed_in(staff)


def press(client: Client, name: str, membership: Membership, **typed: str) -> Any:
    path = reverse(f"admin:tenancy_membership_{name}", args=[membership.pk])
    return client.post(path, {"reason": "Firma yazıyla istedi", **typed})


def told(company: Company, staff: User, about: User, sentence: str) -> None:
    """The journal has it, all owners are told by whom of support and why, and so is the person."""
    entry = Entry.objects.get(event=Event.MEMBER_CHANGED)
    assert entry.text == f"{sentence} — Firma yazıyla istedi"
    assert (entry.actor, entry.party) == (staff, "staff")
    owners = company.memberships.filter(role=Role.OWNER).exclude(user=about)
    to_owners = Letter.objects.get(company=company)
    assert sorted(to_owners.to) == sorted(owners.values_list("user__email", flat=True))
    for part in (body_of(to_owners).text, body_of(to_owners).html):
        assert sentence in part.replace("&gt;", ">")
        assert f"{staff.full_name} (destek ekibi)" in part
        assert "Firma yazıyla istedi" in part
    to_person = Letter.objects.get(company=None)
    assert to_person.to == [about.email]
    for part in (body_of(to_person).text, body_of(to_person).html):
        assert company.trade_name in part


def test_a_role_is_changed(company: Company, client: Client, staff: User) -> None:
    other = MembershipFactory.create(company=company, role=Role.VIEWER)
    assert press(client, "role", other, role="editor").status_code == 302
    other.refresh_from_db()
    assert other.role == Role.EDITOR
    told(company, staff, other.user, f"Yetkisi değişti: {other.user.email} (Görüntüleyen → Düzenleyen)")


def test_somebody_is_taken_out(company: Company, client: Client, staff: User) -> None:
    other = MembershipFactory.create(company=company, role=Role.EDITOR)
    page = words(client.get(reverse("admin:tenancy_membership_remove", args=[other.pk])))
    assert f"{other.user}, {company} firmasının ekibinden çıkarılsın mı?" in page
    assert press(client, "remove", other).status_code == 302
    assert not Membership.objects.filter(pk=other.pk).exists()
    assert PastMembership.objects.get().user == other.user
    told(company, staff, other.user, f"Ekipten çıkarıldı: {other.user.email}")


def test_somebody_is_taken_in(company: Company, client: Client, staff: User) -> None:
    person = UserFactory.create()
    path = f"{ADD}?firma={company.pk}"
    assert client.get(path).status_code == 200
    answer = client.post(path, {"email": person.email.upper(), "role": "editor", "reason": "Firma yazıyla istedi"})
    assert answer["Location"] == reverse("admin:tenancy_company_change", args=[company.pk])
    assert company.memberships.get(user=person).role == Role.EDITOR
    told(company, staff, person, f"Ekibe eklendi: {person.email} (Düzenleyen)")


@pytest.mark.parametrize("name", ["role", "remove"])
def test_without_a_reason_nothing_happens(company: Company, client: Client, name: str) -> None:
    other = MembershipFactory.create(company=company, role=Role.EDITOR)
    assert press(client, name, other, role="viewer", reason=" ").status_code == 422
    assert company.memberships.get(pk=other.pk).role == Role.EDITOR
    assert not Letter.objects.exists()


@pytest.mark.parametrize("name", ["role", "remove"])
def test_the_last_owner_stays(client: Client, name: str) -> None:
    last = MembershipFactory.create()
    answer = press(client, name, last, role="viewer")
    assert answer.status_code == 422
    assert "en az bir sahibi" in words(answer)
    last.refresh_from_db()
    assert last.role == Role.OWNER


def test_support_gives_none_of_its_own_a_company(company: Company, client: Client, staff: User) -> None:
    for person in (staff, colleague(), UserFactory.create(is_staff=True, is_superuser=True)):
        typed = {"email": person.email, "role": "owner", "reason": "Firma yazıyla istedi"}
        answer = client.post(f"{ADD}?firma={company.pk}", typed)
        assert answer.status_code == 422
        assert "yalnızca firma sahibinin davetiyle" in words(answer)
    assert company.memberships.count() == 2
    assert not Letter.objects.exists()


@pytest.mark.parametrize("right", RIGHTS[1:])
def test_each_act_has_a_right_of_its_own(company: Company, right: str) -> None:
    """Without it the page is not given, whatever else one may."""
    user = colleague(*RIGHTS)
    user.user_permissions.remove(Permission.objects.get(codename=right))
    other = MembershipFactory.create(company=company, role=Role.EDITOR)
    paths = {
        "add_membership": f"{ADD}?firma={company.pk}",
        "change_membership": reverse("admin:tenancy_membership_role", args=[other.pk]),
        "delete_membership": reverse("admin:tenancy_membership_remove", args=[other.pk]),
    }
    got = {name: signed_in(user).get(path).status_code for name, path in paths.items()}
    assert got == {name: 403 if name == right else 200 for name in paths}


def test_the_companys_page_shows_its_people_and_saves_none(company: Company, client: Client) -> None:
    """A form that was made by hand as well: nobody's place in a company is saved around the verbs."""
    member = company.memberships.order_by("pk")[0]
    path = reverse("admin:tenancy_company_change", args=[company.pk])
    page = client.get(path).content.decode()
    assert reverse("admin:tenancy_membership_change", args=[member.pk]) in page
    assert f"{ADD}?firma={company.pk}" in page
    typed = {name: getattr(company, name) for name in ("trade_name", "tax_number", "tax_office", "province")}
    forged = {
        **typed,
        "partner": company.partner_id,
        "memberships-TOTAL_FORMS": "3",
        "memberships-INITIAL_FORMS": "2",
        "memberships-0-id": str(member.pk),
        "memberships-0-role": "viewer",
        "memberships-0-user": str(member.user.pk),
        "memberships-0-DELETE": "on",
        "memberships-2-user": str(UserFactory.create().pk),
        "memberships-2-role": "owner",
    }
    client.post(path, forged)
    assert company.memberships.filter(role=Role.OWNER).count() == company.memberships.count() == 2


def test_the_companys_page_saves_the_company_whoever_is_in_it(company: Company, client: Client) -> None:
    path = reverse("admin:tenancy_company_change", args=[company.pk])
    client.post(path, {**Screen(client.get(path)).fields, "trade_name": "Yeni Unvan A.Ş."})
    company.refresh_from_db()
    assert company.trade_name == "Yeni Unvan A.Ş."
    assert company.memberships.filter(role=Role.OWNER).count() == 2


def test_a_person_who_is_switched_off_and_on_is_told_to_the_owners_of_their_companies(company: Company) -> None:
    ops = UserFactory.create(is_staff=True, is_superuser=True, full_name="İlke İşletim")
    other = MembershipFactory.create(company=company, role=Role.EDITOR)
    path = reverse("admin:tenancy_user_change", args=[other.user.pk])
    data = {"email": other.user.email, "full_name": "Ada Yalın"}
    for more, said in (({}, "kapatıldı, portala giremez"), ({"is_active": "on"}, "yeniden açıldı")):
        signed_in(ops).post(path, {**data, **more})
        signed_in(ops).post(path, {**data, **more})
        letter = Letter.objects.filter(company=company).latest("created_at")
        assert len(letter.to) == 2
        assert f"Hesabı {said}: {other.user.email}" in body_of(letter).text
        assert "İlke İşletim (destek ekibi)" in body_of(letter).text
    assert Letter.objects.count() == 2


def test_nobody_is_deleted(company: Company) -> None:
    ops = signed_in(UserFactory.create(is_staff=True, is_superuser=True))
    person = company.members.all()[0]
    path = reverse("admin:tenancy_user_delete", args=[person.pk])
    assert ops.post(path, {"post": "yes"}).status_code == 403
    people = reverse("admin:tenancy_user_changelist")
    ops.post(people, {"action": "delete_selected", "_selected_action": person.pk, "post": "yes"})
    assert User.objects.filter(pk=person.pk).exists()
