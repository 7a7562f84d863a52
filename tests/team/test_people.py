"""The team: roles and what they mean, leaving, handing over, and that a company is never without an owner."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from correspondence.models import Letter
from correspondence.outgoing.bodies import body_of
from journal.models import Entry, Event
from tenancy.models import Company, Membership
from tenancy.roles import Role
from tests.scenarios.browser import Screen, signed_in, with_session, words
from tests.scenarios.factories import CompanyFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PEOPLE = reverse("team:people")
HAND_OVER = reverse("team:hand_over")


@pytest.fixture
def company() -> Company:
    found: Company = CompanyFactory.create()
    MembershipFactory.create(company=found, user=UserFactory.create(full_name="Ada Sahip"))
    return found


@pytest.fixture
def owner(company: Company) -> Client:
    return signed_in(company.members.get())


def act(name: str, membership: Membership) -> str:
    return reverse(f"team:{name}", args=[membership.pk])


def change(client: Client, membership: Membership, role: str, **more: str) -> Any:
    return client.post(act("role", membership), {"role": role, **more})


def letters(to: str) -> list[Letter]:
    return [each for each in Letter.objects.order_by("created_at") if to in each.to]


def both(letter: Letter) -> tuple[str, str]:
    body = body_of(letter)
    return body.text, body.html


def happened() -> list[str]:
    return list(Entry.objects.filter(event=Event.MEMBER_CHANGED).order_by("pk").values_list("text", flat=True))


class TestPage:
    def test_each_person_stands_with_role_what_it_means_and_since_when(
        self, company: Company, owner: Client
    ) -> None:
        members = [MembershipFactory.create(company=company, role=role) for role in Role]
        page = words(owner.get(PEOPLE))
        for each in members:
            role = Role(each.role)
            assert f"{each.user.full_name} {each.user.email} {role.label} {role.means}" in page
        assert "tarihinden beri ekipte" in page

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.VIEWER])
    def test_only_an_owner_is_offered_to_change_people(self, company: Company, role: Role) -> None:
        other = MembershipFactory.create(company=company, role=role)
        page = Screen(signed_in(other.user).get(PEOPLE))
        assert other.user.email in page
        assert [each for each in page.links if "Yetki" in each or "Çıkar" in each or "devret" in each] == []
        assert page.links["Ekipten ayrıl"] == reverse("team:leave")
        assert page.buttons == []
        for each in Role:
            assert each.means in page

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.VIEWER])
    def test_only_an_owner_changes_people(self, company: Company, role: Role) -> None:
        other = MembershipFactory.create(company=company, role=role)
        client, first = signed_in(other.user), company.memberships.get(role=Role.OWNER)
        paths = [act("remove", first), act("remove", other), act("role", first), act("role", other), HAND_OVER]
        for path in paths:
            data = {"role": "owner", "confirmed": "yes", "to": other.pk, "stays": "editor"}
            assert client.get(path).status_code == 403
            assert client.post(path, data).status_code == 403
        assert client.post(PEOPLE, {"email": "x@y.example", "role": "owner"}).status_code == 403
        assert company.memberships.get(user=other.user).role == role
        assert company.memberships.count() == 2

    def test_an_owner_finds_what_happened_to_the_team_and_others_do_not(
        self, company: Company, owner: Client
    ) -> None:
        other = MembershipFactory.create(company=company, role=Role.EDITOR)
        change(owner, other, Role.VIEWER, confirmed="yes")
        sentence = f"Yetkisi değişti: {other.user.email} (Düzenleyen → Görüntüleyen)"
        assert sentence in words(owner.get(PEOPLE))
        assert sentence not in words(signed_in(other.user).get(PEOPLE))


class TestRole:
    def test_more_is_given_at_once_and_the_person_and_the_other_owners_are_told(
        self, company: Company, owner: Client
    ) -> None:
        second = MembershipFactory.create(company=company)
        other = MembershipFactory.create(company=company, role=Role.VIEWER)
        actor = company.memberships.order_by("created_at")[0].user
        answer = change(owner, other, Role.EDITOR)
        assert answer["Location"] == PEOPLE
        other.refresh_from_db()
        assert other.role == Role.EDITOR
        sentence = f"Yetkisi değişti: {other.user.email} (Görüntüleyen → Düzenleyen)"
        assert happened() == [sentence]
        (to_person,) = letters(other.user.email)
        (to_owner,) = letters(second.user.email)
        assert letters(actor.email) == []
        for part in both(to_person):
            assert "Yeni yetkiniz:" in part
            assert "Düzenleyen" in part
            assert f"{actor.full_name} ({actor.email})" in part
        for part in both(to_owner):
            assert sentence in part.replace("&gt;", ">")
            assert f"Yapan: {actor.full_name} ({actor.email})" in part

    def test_less_is_asked_about_first(self, company: Company, owner: Client) -> None:
        other = MembershipFactory.create(company=company, role=Role.EDITOR)
        asked = Screen(change(owner, other, Role.VIEWER))
        assert "artık daha az şey yapabilecek" in asked
        assert Role.EDITOR.means in asked
        assert Role.VIEWER.means in asked
        other.refresh_from_db()
        assert other.role == Role.EDITOR
        owner.post(act("role", other), {**asked.fields, "confirmed": "yes"})
        other.refresh_from_db()
        assert other.role == Role.VIEWER

    def test_the_same_role_is_no_change(self, company: Company, owner: Client) -> None:
        other = MembershipFactory.create(company=company, role=Role.EDITOR)
        assert change(owner, other, Role.EDITOR)["Location"] == PEOPLE
        assert happened() == []
        assert not Letter.objects.exists()

    @pytest.mark.parametrize("role", ["staff", "", "OWNER"])
    def test_what_is_no_role_is_refused(self, company: Company, owner: Client, role: str) -> None:
        other = MembershipFactory.create(company=company, role=Role.EDITOR)
        assert change(owner, other, role, confirmed="yes").status_code == 422
        other.refresh_from_db()
        assert other.role == Role.EDITOR

    def test_an_owner_steps_down_when_another_stays(self, company: Company, owner: Client) -> None:
        own = company.memberships.get()
        assert "en az bir sahibi" in words(change(owner, own, Role.EDITOR, confirmed="yes"))
        MembershipFactory.create(company=company)
        change(owner, own, Role.EDITOR, confirmed="yes")
        own.refresh_from_db()
        assert own.role == Role.EDITOR

    def test_an_owner_whose_account_is_off_is_no_other_owner(self, company: Company, owner: Client) -> None:
        MembershipFactory.create(company=company, user=UserFactory.create(is_active=False))
        answer = change(owner, company.memberships.get(user__full_name="Ada Sahip"), Role.EDITOR, confirmed="yes")
        page = Screen(answer)
        assert "en az bir sahibi" in page
        assert "Sahipliği devret" not in page.links, "nobody else can come in"
        assert page.links["Birini davet edin"] == f"{PEOPLE}#davet"

    def test_somebody_of_another_company_is_not_found(self, owner: Client) -> None:
        foreign = MembershipFactory.create()
        assert owner.get(act("role", foreign)).status_code == 404
        assert change(owner, foreign, Role.VIEWER, confirmed="yes").status_code == 404
        foreign.refresh_from_db()
        assert foreign.role == Role.OWNER


class TestRemoving:
    def test_it_is_asked_first_and_a_look_removes_nobody(self, company: Company, owner: Client) -> None:
        other = MembershipFactory.create(company=company, role=Role.EDITOR)
        page = Screen(owner.get(act("remove", other)))
        assert "artık göremeyecek" in page
        assert other.user.email in page
        assert page.buttons == ["Ekipten çıkar"]
        assert company.memberships.count() == 2
        assert not Letter.objects.exists()

    def test_who_was_removed_sees_nothing_any_more_and_everybody_concerned_is_told(
        self, company: Company, owner: Client
    ) -> None:
        actor = company.members.get()
        second = MembershipFactory.create(company=company)
        other = MembershipFactory.create(company=company, role=Role.EDITOR)
        client = signed_in(other.user)
        assert client.get(PEOPLE).status_code == 200
        assert owner.post(act("remove", other))["Location"] == PEOPLE
        assert client.get(PEOPLE)["Location"] == reverse("team:company_new")
        entry = Entry.objects.get(event=Event.MEMBER_CHANGED)
        assert (entry.text, entry.actor) == (f"Ekipten çıkarıldı: {other.user.email}", actor)
        (to_person,) = letters(other.user.email)
        (to_owner,) = letters(second.user.email)
        assert to_person.company is None, "who is in no team reads no company's correspondence"
        assert company.trade_name not in to_person.subject
        for part in both(to_person):
            assert f"{company.trade_name} firmasının ekibinden çıkarıldınız" in part
            assert actor.email in part
        for part in both(to_owner):
            assert entry.text in part
        assert letters(actor.email) == []

    def test_of_a_double_click_the_second_finds_nobody(self, company: Company, owner: Client) -> None:
        other = MembershipFactory.create(company=company, role=Role.EDITOR)
        assert owner.post(act("remove", other)).status_code == 302
        assert owner.post(act("remove", other)).status_code == 404
        assert len(happened()) == 1

    def test_somebody_of_another_company_is_not_found(self, owner: Client) -> None:
        foreign = MembershipFactory.create()
        assert owner.get(act("remove", foreign)).status_code == 404
        assert owner.post(act("remove", foreign)).status_code == 404
        assert Membership.objects.filter(pk=foreign.pk).exists()


class TestLeaving:
    @pytest.mark.parametrize("role", list(Role))
    def test_whoever_likes_leaves_and_the_owners_are_told(
        self, company: Company, owner: Client, role: Role
    ) -> None:
        first = company.members.get()
        other = MembershipFactory.create(company=company, role=role)
        client = signed_in(other.user)
        assert "artık göremeyeceksiniz" in Screen(client.get(reverse("team:leave")))
        assert company.memberships.count() == 2
        client.post(reverse("team:leave"))
        assert company.memberships.get().user == first
        assert happened() == [f"Ekipten ayrıldı: {other.user.email}"]
        assert len(letters(first.email)) == 1
        assert letters(other.user.email) == []

    def test_the_only_owner_reads_at_once_why_nothing_may_be_pressed(self, company: Company) -> None:
        """Neither a question nor the password comes before the reason."""
        MembershipFactory.create(company=company, role=Role.EDITOR)
        last = company.memberships.get(role=Role.OWNER)
        owner = with_session(last.user)
        for path in (act("remove", last), reverse("team:leave"), act("role", last)):
            for answer, status in ((owner.get(path), 200), (owner.post(path, {"role": "editor"}), 409)):
                page = Screen(answer)
                assert answer.status_code == status, path
                assert "Firmanın tek sahibi sizsiniz" in page, path
                assert page.links["Sahipliği devret"] == HAND_OVER
                assert not {"Ekipten ayrıl", "Ekipten çıkar", "Kaydet"} & {*page.buttons}, path
        assert company.memberships.filter(pk=last.pk).exists()
        assert happened() == []
        assert not Letter.objects.exists()

    def test_who_is_alone_finds_the_way_to_support_too(self, company: Company, owner: Client) -> None:
        page = Screen(owner.get(reverse("team:leave")))
        assert page.links["Birini davet edin"].endswith("#davet")
        assert "benden başka kimse yok" in owner.get(page.links["destek ekibine yazın"]).content.decode()

    def test_of_two_owners_one_may_go(self, company: Company, owner: Client) -> None:
        first = company.memberships.get()
        second = MembershipFactory.create(company=company)
        owner.post(act("remove", first))
        assert company.memberships.get() == second
        answer = signed_in(second.user).post(act("remove", second))
        assert "en az bir sahibi" in words(answer)
        assert company.memberships.get() == second


class TestHandingOver:
    def hand_over(self, client: Client, to: Membership, stays: str, **more: str) -> Any:
        return client.post(HAND_OVER, {"to": to.pk, "stays": stays, **more})

    def test_it_is_read_once_more_before_it_happens(self, company: Company, owner: Client) -> None:
        heir = MembershipFactory.create(company=company, role=Role.VIEWER)
        page = Screen(owner.get(HAND_OVER))
        assert f"{heir.user} · {heir.user.email} · Görüntüleyen" in page
        asked = Screen(self.hand_over(owner, heir, "editor"))
        assert f"Sahiplik {heir.user} kişisine geçecek" in asked
        assert Role.EDITOR.means in asked
        heir.refresh_from_db()
        assert heir.role == Role.VIEWER
        answer = owner.post(HAND_OVER, {**asked.fields, "confirmed": "yes"})
        assert answer["Location"] == PEOPLE
        heir.refresh_from_db()
        assert heir.role == Role.OWNER

    @pytest.mark.parametrize(("stays", "role"), [("editor", Role.EDITOR), ("viewer", Role.VIEWER)])
    def test_who_stays_has_the_chosen_role_and_all_are_told(
        self, company: Company, owner: Client, stays: str, role: Role
    ) -> None:
        former = company.members.get()
        third = MembershipFactory.create(company=company)
        heir = MembershipFactory.create(company=company, role=Role.EDITOR)
        self.hand_over(owner, heir, stays, confirmed="yes")
        assert company.memberships.get(user=former).role == role
        assert company.memberships.get(user=heir.user).role == Role.OWNER
        (sentence,) = happened()
        assert sentence == (
            f"Sahiplik devredildi: {heir.user.email} artık sahip, {former.email} {role.label} olarak kaldı"
        )
        for person, words_ in ((former, "devrettiniz"), (heir.user, "size devretti")):
            (letter,) = letters(person.email)
            assert all(words_ in part for part in both(letter))
        (to_third,) = letters(third.user.email)
        assert all(sentence in part for part in both(to_third))

    def test_who_leaves_sees_nothing_any_more(self, company: Company, owner: Client) -> None:
        heir = MembershipFactory.create(company=company, role=Role.VIEWER)
        answer = self.hand_over(owner, heir, "leaves", confirmed="yes")
        assert answer["Location"] == reverse("onboarding:board")
        assert company.memberships.get().role == Role.OWNER
        assert owner.get(PEOPLE)["Location"] == reverse("team:company_new")

    def test_nobody_hands_over_to_themselves_or_to_a_stranger(self, company: Company, owner: Client) -> None:
        MembershipFactory.create(company=company, role=Role.EDITOR)
        off = MembershipFactory.create(company=company, user=UserFactory.create(is_active=False), role=Role.EDITOR)
        own, foreign = company.memberships.get(role=Role.OWNER), MembershipFactory.create()
        for to in (own, foreign, off):
            assert self.hand_over(owner, to, "editor", confirmed="yes").status_code == 422
        own.refresh_from_db()
        assert own.role == Role.OWNER

    def test_it_says_what_to_do_where_nobody_else_is(self, owner: Client) -> None:
        assert "Ekipte başka kimse yok" in words(owner.get(HAND_OVER))
