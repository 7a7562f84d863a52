"""Verbs of the wall: founding a company, inviting, joining, leaving."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from partners.models import Partner
from tenancy.models import Company, Invitation, JoinRequest, Membership, User
from tenancy.roles import Role
from wall.crossings import Crossing
from wall.standing import crossing, inside

INVITATION_LIVES = timedelta(days=7)


class LastOwner(Exception):
    """A company keeps at least one owner."""


def found_company(*, user: User, partner: Partner, trade_name: str, tax_number: str) -> Company | None:
    """Makes the company with `user` as its owner.

    None when the tax number is here already: staff are asked to decide (again, if they decided before), and
    nothing is said of the other.
    """
    try:
        company = Company(partner=partner, trade_name=trade_name, tax_number=tax_number)
        with inside(company.pk), crossing(Crossing.HOST), transaction.atomic():
            company.save(force_insert=True)
            Membership.objects.create(user=user, company=company, role=Role.OWNER)
    except IntegrityError:
        known = company_with(tax_number)
        if known is None:
            raise
        JoinRequest.objects.update_or_create(
            user=user, company=known, defaults={"trade_name": trade_name, "settled_at": None}
        )
        return None
    return company


def company_with(tax_number: str) -> Company | None:
    """The one company of this number, whoever's it is: what is found is for a decision, not for a screen."""
    with crossing(Crossing.TAX_NUMBER):
        return Company.objects.filter(tax_number=tax_number).first()


def invitation_of(pk: UUID, email: str) -> Invitation | None:
    """The invitation of this link, if it is this address that was invited."""
    with crossing(Crossing.INVITATION):
        return Invitation.objects.filter(pk=pk, email__iexact=email).select_related("company").first()


def invitations_of(email: str) -> list[Invitation]:
    """Those that wait for this address."""
    with crossing(Crossing.INVITATION):
        waiting = Invitation.objects.filter(email__iexact=email, accepted_at=None)
        return list(waiting.select_related("company"))


def invite(*, company: Company, email: str, role: str, by: User) -> Invitation:
    """Invites an address for 7 days; a second invitation of the same address renews the first."""
    return Invitation.objects.update_or_create(
        company=company,
        email=email,
        accepted_at=None,
        defaults={"role": role, "invited_by": by, "expires_at": timezone.now() + INVITATION_LIVES},
    )[0]


def join(*, invitation: Invitation, user: User) -> Membership | None:
    """Accepts an invitation; None when it is not for this person, has expired or was used."""
    with inside(invitation.company_id), transaction.atomic():
        taken = Invitation.objects.filter(
            pk=invitation.pk, email__iexact=user.email, accepted_at=None, expires_at__gt=timezone.now()
        ).update(accepted_at=timezone.now())
        if not taken:
            return None
        return Membership.objects.get_or_create(
            user=user, company=invitation.company, defaults={"role": invitation.role}
        )[0]


def remove(*, membership: Membership) -> None:
    """Takes a person out of a company. Raises LastOwner for the last owner."""
    with transaction.atomic():
        # Two owners who remove each other at once take turns here.
        Company.objects.select_for_update(no_key=True).get(pk=membership.company_id)
        owners = Membership.objects.filter(company=membership.company_id, role=Role.OWNER)
        if membership.role == Role.OWNER and not owners.exclude(pk=membership.pk).exists():
            raise LastOwner
        membership.delete()


def settle_join_request(*, request: JoinRequest, role: str | None) -> bool:
    """Staff's decision: a role lets the person in, None refuses. False when it had been decided before."""
    with transaction.atomic():
        fresh = JoinRequest.objects.filter(pk=request.pk, settled_at=None).update(settled_at=timezone.now())
        if fresh and role is not None:
            Membership.objects.get_or_create(user=request.user, company=request.company, defaults={"role": role})
    return bool(fresh)
