"""Invitations: what the link says to whom, how long it holds, and how one is sent again or taken back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Letter
from correspondence.outgoing.bodies import to_send
from identifiers.email import masked
from journal.models import Entry, Event
from tenancy.models import Company, Invitation, Membership, User
from tenancy.roles import Role
from tests.accounts.test_signup import code, type_code
from tests.scenarios.browser import Screen, said, signed_in, words
from tests.scenarios.factories import PASSWORD, CompanyFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PEOPLE = reverse("team:people")
BOARD = reverse("onboarding:board")
GUEST = "davetli@mavideniz.example"


@pytest.fixture
def company() -> Company:
    found: Company = CompanyFactory.create(trade_name="Kuzey Işığı Gıda A.Ş.")
    MembershipFactory.create(company=found, user=UserFactory.create(full_name="Ada Sahip"))
    return found


@pytest.fixture
def owner(company: Company) -> Client:
    return signed_in(company.members.get())


def invite(client: Client, email: str = GUEST, role: str = Role.EDITOR) -> Any:
    return client.post(PEOPLE, {"email": email, "role": role})


def link(invitation: Invitation) -> str:
    return reverse("team:join", args=[invitation.pk])


def renewing(invitation: Invitation) -> str:
    return reverse("team:renew_invitation", args=[invitation.pk])


def proven(user: User) -> User:
    """Whose address was proven once, as it was of all who log in."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def joins(user: User, invitation: Invitation) -> Any:
    return signed_in(user).post(link(invitation))


@pytest.fixture
def invitation(owner: Client) -> Invitation:
    invite(owner)
    return Invitation.objects.get()


class TestInviting:
    def test_a_letter_goes_to_the_address_with_a_link_that_works_for_seven_days(
        self, company: Company, owner: Client
    ) -> None:
        answer = invite(owner)
        assert answer["Location"] == PEOPLE
        assert said(answer) == [f"{GUEST} adresine davet gönderiliyor."]
        invitation = Invitation.objects.get()
        days = invitation.expires_at - invitation.created_at
        assert timedelta(days=7) <= days + timedelta(minutes=1)
        assert days <= timedelta(days=7)
        letter = Letter.objects.get()
        assert letter.to == [GUEST]
        assert letter.subject == "İYS kayıt portalına davet edildiniz", "nobody writes it by a company's name"
        for part in (to_send(letter).text, to_send(letter).html):
            assert link(invitation) in part
            assert "Ada Sahip" in part
            assert company.trade_name in part
            assert Role.EDITOR.means in part.replace("&#x27;", "'")
        entry = Entry.objects.get(event=Event.MEMBER_CHANGED)
        assert (entry.text, entry.actor) == (f"Davet edildi: {GUEST} (Düzenleyen)", company.members.get())

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

    def test_each_role_is_explained_where_it_is_given(self, owner: Client) -> None:
        page = Screen(owner.get(PEOPLE))
        for role in Role:
            assert f"{role.label}{role.means}" in page.labels


class TestJoining:
    def test_the_link_lets_in_with_the_role_of_the_invitation(self, company: Company, owner: Client) -> None:
        invite(owner, role=Role.VIEWER)
        invitation, guest = Invitation.objects.get(), UserFactory.create(email=GUEST)
        page = Screen(signed_in(guest).get(link(invitation)))
        assert f"{company} sizi davet etti" in page
        assert "Ada Sahip" in page
        assert "Yetkiniz: Görüntüleyen" in page
        assert Role.VIEWER.means in page
        assert not company.memberships.filter(user=guest).exists(), "a look changes nothing"
        assert joins(guest, invitation)["Location"] == BOARD
        assert company.memberships.get(user=guest).role == Role.VIEWER
        invitation.refresh_from_db()
        assert invitation.accepted_at is not None
        assert invitation.accepted_by == guest
        text = Entry.objects.filter(event=Event.MEMBER_CHANGED).latest("pk").text
        assert text == f"Daveti kabul etti: {GUEST} (Görüntüleyen)"

    def test_who_belongs_to_another_company_works_for_the_new_one_at_once(
        self, company: Company, invitation: Invitation
    ) -> None:
        guest = MembershipFactory.create(user=UserFactory.create(email=GUEST)).user
        client = signed_in(guest)
        client.post(link(invitation))
        assert f"{company} için portala girebilen kişiler." in words(client.get(PEOPLE))

    def test_capital_letters_make_no_other_address(self, company: Company, owner: Client) -> None:
        invite(owner, email="Davetli@MaviDeniz.example")
        guest = UserFactory.create(email=GUEST)
        joins(guest, Invitation.objects.get())
        assert company.memberships.filter(user=guest).exists()

    def test_it_works_once(self, company: Company, invitation: Invitation) -> None:
        guest = UserFactory.create(email=GUEST)
        joins(guest, invitation)
        company.memberships.filter(user=guest).delete()
        again = joins(guest, invitation)
        assert again.status_code == 410
        assert "Bu davet kullanıldı" in words(again)
        assert company.memberships.count() == 1

    def test_who_has_joined_is_led_in_by_the_old_link(self, company: Company, invitation: Invitation) -> None:
        guest = MembershipFactory.create(user=UserFactory.create(email=GUEST)).user
        joins(guest, invitation)
        page = Screen(signed_in(guest).get(link(invitation)))
        assert f"{company} firmasının ekibindesiniz" in page
        assert page.buttons == ["Firmaya git"]


class TestStranger:
    """Who holds the link and is not signed in, or signed in as somebody else."""

    def test_the_link_says_who_invites_to_what_and_no_more(self, company: Company, invitation: Invitation) -> None:
        MembershipFactory.create(company=company, user=UserFactory.create(full_name="Gizli Kişi"))
        answer = Client().get(link(invitation))
        page = Screen(answer)
        assert answer.status_code == 200
        for shown in ("Ada Sahip", company.trade_name, "Düzenleyen", Role.EDITOR.means, "d•••@mavideniz.example"):
            assert shown in page
        content = answer.content.decode()
        inviter = company.members.get(full_name="Ada Sahip")
        for secret in (GUEST, inviter.email, company.tax_number, str(company.pk), "Gizli Kişi"):
            assert secret not in content
        assert page.buttons == ["Kaydolup katıl", "Giriş yapıp katıl"]

    def test_what_was_never_sent_is_not_found(self, invitation: Invitation) -> None:
        path = reverse("team:join", args=["5f0a0f3e-0000-4000-8000-000000000000"])
        for client in (Client(), signed_in(UserFactory.create())):
            assert client.get(path).status_code == client.post(path).status_code == 404

    @pytest.mark.parametrize(
        ("spoilt", "says"),
        [
            ({"expires_at": timezone.now() - timedelta(days=1)}, "Davetin süresi doldu"),
            ({"revoked_at": timezone.now()}, "Bu davet geri alındı"),
            ({"accepted_at": timezone.now()}, "Bu davet kullanıldı"),
        ],
    )
    def test_a_link_that_holds_no_more_says_so_to_everybody(
        self, company: Company, invitation: Invitation, spoilt: dict[str, object], says: str
    ) -> None:
        Invitation.objects.update(**spoilt)
        guest = UserFactory.create(email=GUEST)
        for client in (Client(), signed_in(UserFactory.create()), signed_in(guest)):
            for answer in (client.get(link(invitation)), client.post(link(invitation), {"door": "signup"})):
                assert answer.status_code == 410
                assert says in words(answer)
                if "expires_at" not in spoilt:
                    assert company.trade_name not in words(answer)
        assert company.memberships.count() == 1

    def test_another_account_is_told_for_whom_it_is_and_changes_accounts(
        self, company: Company, invitation: Invitation
    ) -> None:
        stranger = UserFactory.create(email="baskasi@mavideniz.example")
        client = signed_in(stranger)
        for answer in (client.get(link(invitation)), client.post(link(invitation))):
            assert answer.status_code == 403
            page = Screen(answer)
            assert "d•••@mavideniz.example" in page
            assert stranger.email in page
            assert GUEST not in answer.content.decode()
        assert not company.memberships.filter(user=stranger).exists()
        assert page.actions == [reverse("account_logout")]
        assert page.buttons == ["Hesap değiştir"]
        assert client.post(reverse("account_logout"), page.fields)["Location"] == link(invitation)
        assert Screen(client.get(link(invitation))).buttons == ["Kaydolup katıl", "Giriş yapıp katıl"]

    def test_who_signs_up_by_the_invitation_lands_in_the_company(
        self, company: Company, owner: Client, email: str
    ) -> None:
        invite(owner, email=email)
        client, path = Client(), link(Invitation.objects.get())
        door = client.post(path, {"door": "signup"})
        assert door["Location"].startswith(f"{reverse('account_signup')}?next=")
        page = Screen(client.get(door["Location"]))
        data = {**page.fields, "full_name": "Su Davetli", "email": email, "password1": "kuzey-isigi-2026"}
        client.post(door["Location"], data, follow=True)
        assert not Membership.objects.filter(user__email=email).exists(), "the address is not proven yet"
        landed = type_code(client, code(email))
        assert company.memberships.get(user__email=email).role == Role.EDITOR
        assert "Firmanızı ekleyin" not in words(landed)
        assert "Kuzey Işığı Gıda A.Ş. firmasının ekibine katıldınız." in words(landed)
        assert f"{company} için portala girebilen kişiler." in words(client.get(PEOPLE))

    def test_sign_up_by_an_invitation_is_for_its_address_which_stays_masked(
        self, company: Company, owner: Client, email: str
    ) -> None:
        """Whoever holds the link learns no more than from the invitation; nobody finds out after the code that the
        address was another."""
        invite(owner, email=email)
        client, path = Client(), link(Invitation.objects.get())
        door = client.post(path, {"door": "signup"})["Location"]
        by_key = reverse("account_signup_by_passkey") + door[door.index("?") :]
        for page in (Screen(client.get(door)), Screen(client.get(by_key))):
            assert f"{company} sizi ekibine davet etti." in page
            assert "Firmanız adına işlem yapacak" not in page
            assert masked(email) in page.fields.values()
        data = {"full_name": "Su Davetli", "email": "baska@mavideniz.example", "password1": "kuzey-isigi-2026"}
        pages = [client.get(door), client.get(by_key), client.post(door, {"next": path})]
        pages.append(client.post(door, {**data, "next": path}, follow=True))
        for answer in pages:
            assert email not in answer.content.decode()
        assert masked(email) in words(pages[-1]), "where the code is asked"
        assert not User.objects.filter(email__startswith="baska").exists()
        type_code(client, code(email))
        assert company.memberships.get(user__email=email).role == Role.EDITOR

    def test_who_was_invited_opens_another_account_as_ever(self, invitation: Invitation) -> None:
        client = Client()
        client.post(link(invitation), {"door": "signup"})
        page = Screen(client.get(reverse("account_signup")))
        assert "Firmanız adına işlem yapacak kişi olarak hesap açın." in page
        assert not page.fields["email"]

    def test_who_logs_in_by_the_invitation_lands_in_the_company(
        self, company: Company, invitation: Invitation
    ) -> None:
        guest = MembershipFactory.create(user=proven(UserFactory.create(email=GUEST))).user
        client = Client()
        door = client.post(link(invitation), {"door": "login"})
        client.post(door["Location"], {"login": GUEST, "password": PASSWORD}, follow=True)
        assert company.memberships.get(user=guest).role == Role.EDITOR
        assert f"{company} için portala girebilen kişiler." in words(client.get(PEOPLE))

    def test_an_invitation_accepted_at_the_door_is_not_taken_by_another_account(
        self, company: Company, invitation: Invitation
    ) -> None:
        other = proven(UserFactory.create(email="baskasi@mavideniz.example"))
        client = Client()
        door = client.post(link(invitation), {"door": "login"})
        data = {"login": other.email, "password": PASSWORD, "next": link(invitation)}
        landed = client.post(door["Location"], data, follow=True)
        assert "Bu davet başka bir adrese gönderildi" in words(landed)
        assert not company.memberships.filter(user=other).exists()

    def test_following_links_alone_accepts_nothing(self, company: Company, invitation: Invitation) -> None:
        guest = proven(UserFactory.create(email=GUEST))
        client = Client()
        client.get(link(invitation) + "?door=login")
        client.post(reverse("account_login"), {"login": GUEST, "password": PASSWORD, "next": link(invitation)})
        assert Screen(client.get(link(invitation))).buttons == ["Ekibe katıl"]
        assert not company.memberships.filter(user=guest).exists()


@pytest.fixture
def email() -> str:
    """Another one for each test: how often a code is sent to an address is counted in the cache."""
    return f"su-{timezone.now().timestamp()}@mavideniz.example"


class TestList:
    def states(self, client: Client) -> list[str]:
        page = words(client.get(PEOPLE))
        return re.findall(r"Yanıt bekleniyor|Süresi doldu|Geri alındı|Geçersiz|Kabul edildi", page)

    def test_each_stands_with_its_state(self, company: Company, owner: Client, invitation: Invitation) -> None:
        assert self.states(owner) == ["Yanıt bekleniyor"]
        page = words(owner.get(PEOPLE))
        assert f"{GUEST} · Düzenleyen" in page
        assert "davet eden: Ada Sahip" in page
        Invitation.objects.update(expires_at=timezone.now())
        assert self.states(owner) == ["Süresi doldu"]
        Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1), revoked_at=timezone.now())
        assert self.states(owner) == ["Geri alındı"]
        Invitation.objects.update(revoked_at=None)
        joins(UserFactory.create(email=GUEST, full_name="Su Davetli"), invitation)
        assert self.states(owner) == ["Kabul edildi"]
        assert "Su Davetli · davet eden: Ada Sahip" in words(owner.get(PEOPLE))

    def test_one_is_taken_back(self, company: Company, owner: Client, invitation: Invitation) -> None:
        path = reverse("team:revoke_invitation", args=[invitation.pk])
        assert owner.get(path)["Location"] == PEOPLE
        assert owner.post(path)["Location"] == PEOPLE
        guest = UserFactory.create(email=GUEST)
        assert joins(guest, invitation).status_code == 410
        assert not company.memberships.filter(user=guest).exists()
        text = Entry.objects.filter(event=Event.MEMBER_CHANGED).latest("pk").text
        assert text == f"Davet geri alındı: {GUEST}"
        assert "Davetler" not in words(signed_in(guest).get(reverse("team:company_new")))

    def test_one_is_sent_again_and_lives_anew(
        self, company: Company, owner: Client, invitation: Invitation
    ) -> None:
        path = reverse("team:renew_invitation", args=[invitation.pk])
        for spoilt in ({"expires_at": timezone.now()}, {"revoked_at": timezone.now()}):
            Invitation.objects.update(**spoilt)
            assert owner.get(path)["Location"] == PEOPLE
            assert owner.post(path)["Location"] == PEOPLE
            assert self.states(owner) == ["Yanıt bekleniyor"]
        assert Letter.objects.filter(to=[GUEST]).count() == 3
        assert joins(UserFactory.create(email=GUEST), Invitation.objects.get(revoked_at=None))["Location"] == BOARD

    def test_a_link_that_was_taken_back_says_so_for_good(
        self, company: Company, owner: Client, invitation: Invitation
    ) -> None:
        """Whatever way the address is invited again: each invitation has a link of its own."""
        revoke = "team:revoke_invitation"
        guest = UserFactory.create(email=GUEST)
        taken_back: list[Invitation] = []
        for again in (lambda last: invite(owner), lambda last: owner.post(renewing(last))):
            last = Invitation.objects.get(revoked_at=None)
            owner.post(reverse(revoke, args=[last.pk]))
            again(last)
            taken_back.append(last)
            assert self.states(owner) == ["Yanıt bekleniyor"], "what is over stands beside nothing that waits"
            for each in taken_back:
                for answer in (Client().get(link(each)), joins(guest, each)):
                    assert answer.status_code == 410
                    assert "Bu davet geri alındı" in words(answer)
        assert not company.memberships.filter(user=guest).exists()
        fresh = Invitation.objects.get(revoked_at=None)
        assert link(fresh) in to_send(Letter.objects.filter(to=[GUEST]).latest("created_at")).text
        assert joins(guest, fresh)["Location"] == BOARD

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

    @pytest.mark.parametrize("name", ["revoke_invitation", "renew_invitation"])
    def test_what_was_accepted_is_over(self, owner: Client, invitation: Invitation, name: str) -> None:
        joins(UserFactory.create(email=GUEST), invitation)
        assert owner.post(reverse(f"team:{name}", args=[invitation.pk])).status_code == 404

    @pytest.mark.parametrize("name", ["revoke_invitation", "renew_invitation"])
    def test_only_an_owner_of_the_company_may(self, company: Company, invitation: Invitation, name: str) -> None:
        path = reverse(f"team:{name}", args=[invitation.pk])
        editor = MembershipFactory.create(company=company, role=Role.EDITOR).user
        assert signed_in(editor).post(path).status_code == 403
        assert signed_in(MembershipFactory.create().user).post(path).status_code == 404
        invitation.refresh_from_db()
        assert invitation.revoked_at is None
        assert Letter.objects.filter(to=[GUEST]).count() == 1


class TestInviterGone:
    """What an owner sent lets nobody in once they are no owner any more."""

    @pytest.fixture
    def second(self, company: Company) -> Membership:
        found: Membership = MembershipFactory.create(company=company)
        return found

    def sent(self, second: Membership) -> Invitation:
        invite(signed_in(second.user))
        return Invitation.objects.get()

    def over(self, invitation: Invitation) -> None:
        guest = UserFactory.create(email=GUEST)
        answer = joins(guest, invitation)
        assert answer.status_code == 410
        assert "Bu davet geri alındı" in words(answer)
        assert not invitation.company.memberships.filter(user=guest).exists()
        page = words(signed_in(guest).get(reverse("team:company_new")))
        assert "sizi ekibine davet etti" not in page

    @pytest.mark.parametrize("way", ["removed", "role lowered", "left", "handed over"])
    def test_by_what_people_do(self, owner: Client, second: Membership, way: str) -> None:
        invitation = self.sent(second)
        own = signed_in(second.user)
        if way == "removed":
            owner.post(reverse("team:remove", args=[second.pk]))
        elif way == "role lowered":
            owner.post(reverse("team:role", args=[second.pk]), {"role": "editor", "confirmed": "yes"})
        elif way == "left":
            own.post(reverse("team:leave"))
        else:
            heir = MembershipFactory.create(company=second.company, role=Role.EDITOR)
            own.post(reverse("team:hand_over"), {"to": heir.pk, "stays": "viewer", "confirmed": "yes"})
        invitation.refresh_from_db()
        assert invitation.revoked_at is not None
        # Whoever is made an owner again does not call the old invitations back to life.
        Membership.objects.update_or_create(
            user=second.user, company=second.company, defaults={"role": Role.OWNER}
        )
        self.over(invitation)

    @pytest.mark.parametrize("way", ["deleted", "lowered", "switched off"])
    def test_by_whatever_else_happens_to_the_row(self, owner: Client, second: Membership, way: str) -> None:
        invitation = self.sent(second)
        if way == "deleted":
            Membership.objects.filter(pk=second.pk).delete()
        elif way == "lowered":
            Membership.objects.filter(pk=second.pk).update(role=Role.EDITOR)
        else:
            User.objects.filter(pk=second.user.pk).update(is_active=False)
        assert TestList().states(owner) == ["Geçersiz"]
        self.over(invitation)

    def test_another_owner_sends_it_again(self, owner: Client, second: Membership) -> None:
        invitation = self.sent(second)
        owner.post(reverse("team:remove", args=[second.pk]))
        owner.post(renewing(invitation))
        fresh = Invitation.objects.get(revoked_at=None)
        assert joins(UserFactory.create(email=GUEST), fresh)["Location"] == BOARD
