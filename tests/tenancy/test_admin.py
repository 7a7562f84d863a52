"""People and companies in the admin: each partner its own, and nothing that the journal needs is deleted."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from finding import renewing
from partners.models import Partner
from tenancy.models import Company, User
from tenancy.roles import Role
from tests.scenarios.browser import signed_in, words
from tests.scenarios.factories import CompanyFactory, MembershipFactory, PartnerFactory, UserFactory
from tests.scenarios.support import colleague

pytestmark = pytest.mark.django_db
COMPANIES = reverse("admin:tenancy_company_changelist")
SEEING = ("view_company", "change_company", "view_membership", "view_user")


def change(company: Company) -> str:
    return reverse("admin:tenancy_company_change", args=[company.pk])


@pytest.fixture
def company() -> Company:
    found: Company = MembershipFactory.create().company
    return found


def test_a_company_is_found_by_name_and_by_tax_number(company: Company) -> None:
    other = CompanyFactory.create(trade_name="Kuzey Işığı Gıda A.Ş.")
    renewing.renew_marked()
    client = signed_in(colleague(*SEEING))
    for sought in ("Kuzey", other.tax_number):
        page = words(client.get(COMPANIES, {"q": sought}))
        assert other.trade_name in page
        assert company.trade_name not in page


def test_another_partners_company_is_neither_listed_nor_found(company: Company) -> None:
    liman = Partner.objects.create(name="Liman Mesaj", legal_name="Liman Mesaj A.Ş.")
    client = signed_in(colleague(*SEEING, partner=liman))
    assert company.trade_name not in words(client.get(COMPANIES))
    assert client.get(change(company)).status_code == 404
    assert signed_in(colleague(*SEEING)).get(change(company)).status_code == 200


def test_staff_of_no_partner_see_no_company_and_a_superuser_all(company: Company) -> None:
    nobodys: User = UserFactory.create(is_staff=True)
    nobodys.user_permissions.set(colleague(*SEEING).user_permissions.all())
    assert company.trade_name not in words(signed_in(nobodys).get(COMPANIES))
    ops = UserFactory.create(is_staff=True, is_superuser=True)
    assert company.trade_name in words(signed_in(ops).get(COMPANIES))


def test_its_people_and_their_roles_stand_on_its_page(company: Company) -> None:
    member = MembershipFactory.create(company=company, role=Role.VIEWER)
    page = words(signed_in(colleague("view_company", "view_membership")).get(change(company)))
    assert member.user.full_name in page
    assert "Görüntüleyen" in page


def test_its_page_leads_to_its_case(company: Company) -> None:
    link = f"{reverse('admin:onboarding_application_changelist')}?company__id__exact={company.pk}"
    assert link in signed_in(colleague("view_company", "view_application")).get(change(company)).content.decode()
    assert link not in signed_in(colleague("view_company")).get(change(company)).content.decode()


def test_who_may_not_open_a_page_of_supports_is_not_sent_to_a_company(company: Company) -> None:
    answer = signed_in(colleague("view_application")).get(COMPANIES)
    assert answer.status_code == 403
    assert "Gerekiyorsa yetkiyi portalı işletenlerden isteyin." in words(answer)
    assert "firmanızda" not in words(answer)


def test_no_company_is_deleted(company: Company) -> None:
    ops = UserFactory.create(is_staff=True, is_superuser=True)
    client = signed_in(ops)
    path = reverse("admin:tenancy_company_delete", args=[company.pk])
    assert client.post(path, {"post": "yes"}).status_code == 403
    client.post(COMPANIES, {"action": "delete_selected", "_selected_action": company.pk, "post": "yes"})
    assert Company.objects.filter(pk=company.pk).exists()


class TestPeople:
    PAGE = reverse("admin:tenancy_user_changelist")

    def test_they_are_found_by_address_and_name(self) -> None:
        ops = UserFactory.create(is_staff=True, is_superuser=True)
        found = UserFactory.create(email="su@kuzey.example", full_name="Su Kuzey")
        other = UserFactory.create(email="ege@guney.example", full_name="Ege Güney")
        for sought in (found.email, "Su Kuzey"):
            page = words(signed_in(ops).get(self.PAGE, {"q": sought}))
            assert found.email in page
            assert other.email not in page

    def test_support_cannot_look_at_people_nor_make_itself_more(self) -> None:
        support = colleague("review_application")
        path = reverse("admin:tenancy_user_change", args=[support.pk])
        assert signed_in(support).get(self.PAGE).status_code == 403
        assert signed_in(support).post(path, {"is_superuser": "on", "email": support.email}).status_code == 403
        support.refresh_from_db()
        assert not support.is_superuser

    def test_no_page_shows_or_takes_a_password_or_makes_a_superuser(self) -> None:
        ops = UserFactory.create(is_staff=True, is_superuser=True)
        person: User = UserFactory.create()
        client = signed_in(ops)
        path = reverse("admin:tenancy_user_change", args=[person.pk])
        page = client.get(path).content.decode()
        assert person.password not in page
        data = {"email": person.email, "full_name": "Yeni Ad", "is_active": "on"}
        data |= {"is_superuser": "on", "password": "x"}
        assert client.post(path, data).status_code == 302
        changed = User.objects.get(pk=person.pk)
        assert (changed.full_name, changed.is_superuser) == ("Yeni Ad", False)
        assert changed.password == person.password

    def test_who_may_change_colleagues_makes_nobody_more_and_takes_no_account(self) -> None:
        """Not with every right there is: groups, staff, partner and addresses are for who runs the portal."""
        chief = UserFactory.create(is_staff=True, partner=PartnerFactory.create())
        chief.user_permissions.set(Permission.objects.all())
        group = Group.objects.create(name="Her şey")
        other = UserFactory.create(is_staff=True, partner=chief.partner)
        for person in (chief, other):
            data = {"email": "baska@x.example", "full_name": "Yeni Ad", "is_active": "on", "groups": [group.pk]}
            path = reverse("admin:tenancy_user_change", args=[person.pk])
            assert signed_in(chief).post(path, data).status_code == 302
            changed = User.objects.get(pk=person.pk)
            assert changed.full_name == "Yeni Ad"
            assert (changed.email, changed.is_staff, changed.partner) == (person.email, True, chief.partner)
            assert not changed.groups.exists()
        superuser = UserFactory.create(is_staff=True, is_superuser=True, partner=chief.partner)
        path = reverse("admin:tenancy_user_change", args=[superuser.pk])
        assert signed_in(chief).post(path, {"full_name": "Yeni Ad"}).status_code == 403
        assert signed_in(chief).get(reverse("admin:tenancy_user_add")).status_code == 403

    def test_nobody_moves_an_account_to_another_mailbox(self) -> None:
        ops = UserFactory.create(is_staff=True, is_superuser=True)
        person = UserFactory.create()
        path = reverse("admin:tenancy_user_change", args=[person.pk])
        data = {"email": "baska@x.example", "full_name": "Yeni Ad", "is_active": "on"}
        assert signed_in(ops).post(path, data).status_code == 302
        changed = User.objects.get(pk=person.pk)
        assert (changed.email, changed.full_name) == (person.email, "Yeni Ad")

    def test_who_is_switched_off_is_out(self) -> None:
        member = MembershipFactory.create()
        client: Client = signed_in(member.user)
        assert client.get(reverse("team:people")).status_code == 200
        ops = UserFactory.create(is_staff=True, is_superuser=True)
        path = reverse("admin:tenancy_user_change", args=[member.user.pk])
        signed_in(ops).post(path, {"email": member.user.email, "full_name": "Ada"})
        assert client.get(reverse("team:people")).status_code == 302
