"""The verbs of the wall, as other code calls them; two at once included."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from tenancy import memberships
from tenancy.models import Company, Invitation, JoinRequest, Membership
from tenancy.roles import Role
from tests.scenarios.factories import CompanyFactory, MembershipFactory, PartnerFactory, UserFactory, vkn


def at_once(*verbs: Callable[[], object]) -> list[object]:
    """What each came to, when all start together in threads with connections of their own."""
    start = threading.Barrier(len(verbs))
    outcomes: list[object] = []

    def run(verb: Callable[[], object]) -> None:
        try:
            start.wait()
            outcomes.append(verb())
        except memberships.Refusal as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == len(verbs)
    return outcomes


@pytest.mark.django_db
class TestVerbs:
    def test_a_founder_owns_the_company(self) -> None:
        user, partner = UserFactory.create(), PartnerFactory.create()
        company = memberships.found_company(user=user, partner=partner, trade_name="Kuzey", tax_number=vkn(3))
        assert company is not None
        assert Membership.objects.get().role == Role.OWNER
        assert (company.partner, Membership.objects.get().company) == (partner, company)

    def test_a_known_tax_number_founds_nothing_and_changes_nothing(self) -> None:
        known = CompanyFactory.create()
        user = UserFactory.create()
        made = memberships.found_company(
            user=user, partner=known.partner, trade_name="Başka", tax_number=known.tax_number
        )
        assert made is None
        assert Company.objects.get().trade_name == known.trade_name
        assert JoinRequest.objects.get().user == user

    def test_an_invitation_lives_seven_days_and_is_renewed_not_doubled(self) -> None:
        owner = MembershipFactory.create()
        before = timezone.now()
        first = memberships.invite(company=owner.company, email="su@x.example", role="viewer", by=owner.user)
        assert before + timedelta(days=7) <= first.expires_at <= timezone.now() + timedelta(days=7)
        second = memberships.invite(company=owner.company, email="su@x.example", role="editor", by=owner.user)
        assert (second.pk, second.role) == (first.pk, "editor")
        assert second.expires_at > first.expires_at

    def test_after_it_was_accepted_a_new_one_is_a_new_one(self) -> None:
        owner, guest = MembershipFactory.create(), UserFactory.create()
        first = memberships.invite(company=owner.company, email=guest.email, role="viewer", by=owner.user)
        assert memberships.join(invitation=first, user=guest) is not None
        second = memberships.invite(company=owner.company, email=guest.email, role="owner", by=owner.user)
        assert second.pk != first.pk

    @pytest.mark.parametrize("spoilt", ["expired", "used", "wrong address"])
    def test_an_invitation_that_does_not_hold_lets_nobody_in(self, spoilt: str) -> None:
        owner, guest = MembershipFactory.create(), UserFactory.create()
        email = "baskasi@x.example" if spoilt == "wrong address" else guest.email
        invitation = memberships.invite(company=owner.company, email=email, role="editor", by=owner.user)
        if spoilt == "expired":
            Invitation.objects.update(expires_at=timezone.now())
        if spoilt == "used":
            Invitation.objects.update(accepted_at=timezone.now())
        assert memberships.join(invitation=invitation, user=guest) is None
        assert not Membership.objects.filter(user=guest).exists()

    def test_joining_never_changes_the_role_of_a_member(self) -> None:
        owner = MembershipFactory.create()
        invitation = memberships.invite(
            company=owner.company, email=owner.user.email, role="viewer", by=owner.user
        )
        membership = memberships.join(invitation=invitation, user=owner.user)
        assert membership is not None
        assert membership.role == Role.OWNER

    def test_the_last_owner_stays_whoever_else_is_there(self) -> None:
        owner = MembershipFactory.create()
        MembershipFactory.create(company=owner.company, role=Role.EDITOR)
        MembershipFactory.create()
        with pytest.raises(memberships.LastOwner):
            memberships.remove(membership=owner)
        assert Membership.objects.filter(pk=owner.pk).exists()

    def test_others_may_go(self) -> None:
        owner = MembershipFactory.create()
        for role in (Role.EDITOR, Role.VIEWER, Role.OWNER):
            memberships.remove(membership=MembershipFactory.create(company=owner.company, role=role))
        assert owner.company.memberships.get() == owner

    def test_a_decision_on_a_join_request_stands(self) -> None:
        asked = JoinRequest.objects.create(
            user=UserFactory.create(), company=CompanyFactory.create(), trade_name="x"
        )
        assert memberships.settle_join_request(request=asked, role=None)
        assert not memberships.settle_join_request(request=asked, role="editor")
        assert not Membership.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_owners_who_remove_each_other_leave_one(self) -> None:
        for _round in range(20):
            company = CompanyFactory.create()
            owners = [MembershipFactory.create(company=company) for _each in range(2)]
            outcomes = at_once(*(partial(memberships.remove, membership=owner) for owner in owners))
            assert sorted(type(each).__name__ for each in outcomes) == ["LastOwner", "NoneType"]
            assert company.memberships.count() == 1

    def test_two_owners_who_lower_each_other_leave_one(self) -> None:
        for _round in range(10):
            company = CompanyFactory.create()
            first, second = (MembershipFactory.create(company=company) for _each in range(2))
            outcomes = at_once(
                partial(memberships.change_role, membership=first, role=Role.EDITOR, by=second.user),
                partial(memberships.change_role, membership=second, role=Role.EDITOR, by=first.user),
            )
            assert sorted(type(each).__name__ for each in outcomes) == ["NotOwner", "bool"]
            assert company.memberships.filter(role=Role.OWNER).count() == 1

    def test_among_many_owners_the_one_who_has_lost_the_role_does_nothing_more(self) -> None:
        """Also where the company would keep owners enough."""
        for _round in range(10):
            company = CompanyFactory.create()
            first, second, _third = (MembershipFactory.create(company=company) for _each in range(3))
            outcomes = at_once(
                partial(memberships.remove, membership=first, by=second.user),
                partial(memberships.remove, membership=second, by=first.user),
            )
            assert sorted(type(each).__name__ for each in outcomes) == ["NoneType", "NotOwner"]
            assert company.memberships.count() == 2

    def test_of_removing_and_lowering_the_last_two_one_is_refused(self) -> None:
        for _round in range(10):
            company = CompanyFactory.create()
            first, second = (MembershipFactory.create(company=company) for _each in range(2))
            outcomes = at_once(
                partial(memberships.remove, membership=first),
                partial(memberships.change_role, membership=second, role=Role.VIEWER),
            )
            assert [type(each).__name__ for each in outcomes].count("LastOwner") == 1
            assert company.memberships.filter(role=Role.OWNER).count() == 1

    def test_two_who_hand_over_to_each_other_or_are_removed_meanwhile_leave_an_owner(self) -> None:
        for _round in range(10):
            company = CompanyFactory.create()
            owner, heir = MembershipFactory.create(company=company), MembershipFactory.create(company=company)
            at_once(
                partial(memberships.hand_over, company=company, by=owner.user, to=heir, stays_as=None),
                partial(memberships.hand_over, company=company, by=heir.user, to=owner, stays_as=Role.VIEWER),
                partial(memberships.remove, membership=heir, by=owner.user),
            )
            assert company.memberships.filter(role=Role.OWNER).exists()

    def test_an_invitation_is_accepted_or_taken_back_and_never_both(self) -> None:
        for _round in range(10):
            owner, guest = MembershipFactory.create(), UserFactory.create()
            invitation = memberships.invite(company=owner.company, email=guest.email, role="editor", by=owner.user)
            at_once(
                partial(memberships.join, invitation=invitation, user=guest),
                partial(memberships.revoke, invitation=invitation, by=owner.user),
            )
            invitation.refresh_from_db()
            assert (invitation.accepted_at is None) != (invitation.revoked_at is None)
            accepted = invitation.accepted_at is not None
            assert owner.company.memberships.filter(user=guest).exists() == accepted

    def test_an_invitation_is_accepted_or_void_with_its_inviter_and_never_both(self) -> None:
        for _round in range(10):
            owner, guest = MembershipFactory.create(), UserFactory.create()
            second = MembershipFactory.create(company=owner.company)
            invitation = memberships.invite(company=owner.company, email=guest.email, role="owner", by=owner.user)
            at_once(
                partial(memberships.join, invitation=invitation, user=guest),
                partial(memberships.remove, membership=owner, by=second.user),
            )
            invitation.refresh_from_db()
            assert (invitation.accepted_at is None) != (invitation.revoked_at is None)
            accepted = invitation.accepted_at is not None
            assert owner.company.memberships.filter(user=guest).exists() == accepted

    def test_one_tax_number_founded_twice_is_one_company(self) -> None:
        partner = PartnerFactory.create()
        users = [UserFactory.create() for _each in range(2)]
        found = partial(memberships.found_company, partner=partner, trade_name="Kuzey", tax_number=vkn(5))
        outcomes = at_once(*(partial(found, user=user) for user in users))
        assert outcomes.count(None) == 1
        assert Company.objects.count() == Membership.objects.count() == JoinRequest.objects.count() == 1

    def test_an_invitation_accepted_twice_is_one_membership(self) -> None:
        owner, guest = MembershipFactory.create(), UserFactory.create()
        invitation = memberships.invite(company=owner.company, email=guest.email, role="editor", by=owner.user)
        outcomes = at_once(*[partial(memberships.join, invitation=invitation, user=guest)] * 2)
        assert outcomes.count(None) == 1
        assert Membership.objects.filter(user=guest).count() == 1
