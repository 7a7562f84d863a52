"""The team: invitations, roles, and that a company is never without an owner."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Letter
from correspondence.outgoing.bodies import body_of, to_send
from journal.models import Entry, Event
from tenancy.models import Company, Invitation, Membership, User
from tenancy.roles import Role
from tests.scenarios.browser import said, signed_in, words
from tests.scenarios.factories import CompanyFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PEOPLE = reverse("team:people")
GUEST = "davetli@mavideniz.example"
OVER = "Bu davetin süresi dolmuş ya da kullanılmış. Firmanızdan yeni bir davet isteyin."


@pytest.fixture
def company() -> Company:
    found: Company = CompanyFactory.create()
    MembershipFactory.create(company=found)
    return found


@pytest.fixture
def owner(company: Company) -> Client:
    return signed_in(company.members.get())


def invite(client: Client, email: str = GUEST, role: str = Role.EDITOR) -> Any:
    return client.post(PEOPLE, {"email": email, "role": role})


def joins(user: User, invitation: Invitation) -> Any:
    return signed_in(user).post(reverse("team:join", args=[invitation.pk]))


class TestInviting:
    def test_a_letter_goes_to_the_address_with_a_link_that_works_for_seven_days(
        self, company: Company, owner: Client
    ) -> None:
        answer = invite(owner)
        assert answer["Location"] == PEOPLE
        assert said(answer) == [f"{GUEST} adresine davet gönderildi."]
        invitation = Invitation.objects.get()
        days = invitation.expires_at - invitation.created_at
        assert timedelta(days=7) <= days + timedelta(minutes=1)
        assert days <= timedelta(days=7)
        letter = Letter.objects.get()
        assert letter.to == [GUEST]
        assert reverse("team:join", args=[invitation.pk]) in to_send(letter).text
        assert company.trade_name in body_of(letter).text
        entry = Entry.objects.get(event=Event.MEMBER_CHANGED)
        assert (entry.text, entry.actor) == (f"Davet edildi: {GUEST} (Düzenleyen)", company.members.get())
        assert f"Davet edildi {GUEST} Düzenleyen" in words(owner.get(PEOPLE))

    def test_the_link_lets_in_with_the_role_of_the_invitation(self, company: Company, owner: Client) -> None:
        invite(owner, role=Role.VIEWER)
        invitation, guest = Invitation.objects.get(), UserFactory.create(email=GUEST)
        client = signed_in(guest)
        page = words(client.get(reverse("team:join", args=[invitation.pk])))
        assert f"{company} sizi davet etti" in page
        assert "Yetkiniz: Görüntüleyen." in page
        assert joins(guest, invitation)["Location"] == reverse("onboarding:board")
        assert company.memberships.get(user=guest).role == Role.VIEWER
        invitation.refresh_from_db()
        assert invitation.accepted_at is not None

    def test_who_belongs_to_another_company_works_for_the_new_one_at_once(
        self, company: Company, owner: Client
    ) -> None:
        invite(owner)
        guest = MembershipFactory.create(user=UserFactory.create(email=GUEST)).user
        client = signed_in(guest)
        client.post(reverse("team:join", args=[Invitation.objects.get().pk]))
        assert f"{company} için portala girebilen kişiler." in words(client.get(PEOPLE))

    def test_a_stranger_is_led_to_sign_in_and_back(self, owner: Client) -> None:
        invite(owner)
        path = reverse("team:join", args=[Invitation.objects.get().pk])
        assert Client().get(path)["Location"] == f"{reverse('account_login')}?next={path}"

    def test_another_address_finds_nothing(self, company: Company, owner: Client) -> None:
        invite(owner)
        invitation = Invitation.objects.get()
        stranger = UserFactory.create(email="baskasi@mavideniz.example")
        assert signed_in(stranger).get(reverse("team:join", args=[invitation.pk])).status_code == 404
        assert joins(stranger, invitation).status_code == 404
        assert company.memberships.count() == 1

    def test_capital_letters_make_no_other_address(self, company: Company, owner: Client) -> None:
        invite(owner, email="Davetli@MaviDeniz.example")
        guest = UserFactory.create(email=GUEST)
        joins(guest, Invitation.objects.get())
        assert company.memberships.filter(user=guest).exists()

    def test_after_seven_days_it_is_over_and_says_so(self, company: Company, owner: Client) -> None:
        invite(owner)
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        guest = UserFactory.create(email=GUEST)
        assert OVER in words(joins(guest, Invitation.objects.get()))
        assert company.memberships.count() == 1

    def test_it_works_once(self, company: Company, owner: Client) -> None:
        invite(owner)
        guest, invitation = UserFactory.create(email=GUEST), Invitation.objects.get()
        joins(guest, invitation)
        company.memberships.filter(user=guest).delete()
        assert OVER in words(joins(guest, invitation))
        assert company.memberships.count() == 1

    def test_a_second_invitation_renews_the_first_and_writes_again(self, company: Company, owner: Client) -> None:
        invite(owner)
        Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
        invite(owner, role=Role.OWNER)
        invitation = Invitation.objects.get()
        assert invitation.role == Role.OWNER
        assert invitation.expires_at > timezone.now()
        assert Letter.objects.filter(to=[GUEST]).count() == 2
        joins(UserFactory.create(email=GUEST), invitation)
        assert company.memberships.filter(role=Role.OWNER).count() == 2

    def test_who_is_in_the_team_is_not_invited(self, company: Company, owner: Client) -> None:
        answer = invite(owner, email=company.members.get().email.upper())
        assert answer.status_code == 422
        assert "Bu kişi zaten ekibinizde." in words(answer)
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize(
        ("email", "role"), [("davetli@", "editor"), ("", "editor"), (GUEST, "staff"), (GUEST, "")]
    )
    def test_a_wrong_form_invites_nobody(self, owner: Client, email: str, role: str) -> None:
        assert invite(owner, email, role).status_code == 422
        assert not Invitation.objects.exists()
        assert not Letter.objects.exists()


class TestRoles:
    @pytest.mark.parametrize("role", [Role.EDITOR, Role.VIEWER])
    def test_only_an_owner_invites_and_removes(self, company: Company, role: Role) -> None:
        other = MembershipFactory.create(company=company, role=role)
        client = signed_in(other.user)
        page = words(client.get(PEOPLE))
        assert other.user.email in page
        assert "Birini davet edin" not in page
        assert "Çıkar" not in page
        assert invite(client).status_code == 403
        for each in company.memberships.all():
            assert client.post(reverse("team:remove", args=[each.pk])).status_code == 403
        assert (company.memberships.count(), Invitation.objects.count()) == (2, 0)

    def test_who_was_removed_sees_nothing_of_the_company_any_more(self, company: Company, owner: Client) -> None:
        other = MembershipFactory.create(company=company, role=Role.EDITOR)
        client = signed_in(other.user)
        assert client.get(PEOPLE).status_code == 200
        assert owner.post(reverse("team:remove", args=[other.pk]))["Location"] == PEOPLE
        assert client.get(PEOPLE)["Location"] == reverse("team:company_new")
        entry = Entry.objects.get(event=Event.MEMBER_CHANGED)
        assert (entry.text, entry.actor) == (
            f"Ekipten çıkarıldı: {other.user.email}",
            company.memberships.get().user,
        )

    def test_somebody_of_another_company_is_not_found(self, owner: Client) -> None:
        foreign = MembershipFactory.create()
        assert owner.post(reverse("team:remove", args=[foreign.pk])).status_code == 404
        assert Membership.objects.filter(pk=foreign.pk).exists()

    def test_following_a_link_removes_nobody(self, company: Company, owner: Client) -> None:
        other = MembershipFactory.create(company=company)
        assert owner.get(reverse("team:remove", args=[other.pk])).status_code == 405
        assert company.memberships.count() == 2


class TestLastOwner:
    def test_the_last_owner_cannot_be_removed(self, company: Company, owner: Client) -> None:
        MembershipFactory.create(company=company, role=Role.EDITOR)
        last = company.memberships.get(role=Role.OWNER)
        answer = owner.post(reverse("team:remove", args=[last.pk]))
        assert said(answer) == ["Firmanın en az bir sahibi olmalı. Önce başka birini sahip olarak davet edin."]
        assert company.memberships.filter(pk=last.pk).exists()
        assert not Entry.objects.filter(event=Event.MEMBER_CHANGED).exists()

    def test_of_two_owners_one_may_go(self, company: Company, owner: Client) -> None:
        first = company.memberships.get()
        second = MembershipFactory.create(company=company)
        owner.post(reverse("team:remove", args=[first.pk]))
        assert company.memberships.get() == second
        answer = signed_in(second.user).post(reverse("team:remove", args=[second.pk]))
        assert "en az bir sahibi" in said(answer)[0]
        assert company.memberships.get() == second
