"""Verbs of the wall: founding a company, inviting, joining, roles, leaving.

Who belongs to a company changes under the lock of the company's row, so that two owners who act at once take
turns. `by` is the owner who acts, and has to be one still when the turn comes; None is the portal or support.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from partners.models import Partner
from tenancy.models import Company, Invitation, JoinRequest, Membership, PastMembership, User
from tenancy.roles import Role
from wall.crossings import Crossing
from wall.standing import crossing, inside

INVITATION_LIVES = timedelta(days=7)


class Refusal(Exception):
    """The company's people stay as they are; the text is a Turkish sentence for a screen."""


class LastOwner(Refusal):
    """A company keeps at least one owner."""

    def __init__(self) -> None:
        super().__init__("Firmanın en az bir sahibi olmalı. Önce başka birini sahip olarak davet edin.")


class NotOwner(Refusal):
    """Who acts lost the role meanwhile."""

    def __init__(self) -> None:
        super().__init__("Artık bu firmanın sahibi değilsiniz; bu işlem yapılmadı.")


class Gone(Refusal):
    """The person left meanwhile."""

    def __init__(self) -> None:
        super().__init__("Bu kişi artık ekipte değil.")


class InvitedAlready(Refusal):
    """The same press a second time, or of another owner at once."""

    def __init__(self) -> None:
        super().__init__("Bu adrese davet az önce gönderildi; ikinci kez göndermedik.")


class Inhabited(Refusal):
    """Somebody came meanwhile."""

    def __init__(self) -> None:
        super().__init__("Firmada artık biri var; davet gönderilmedi.")


class Merged(Refusal):
    """The company is another one by now."""

    def __init__(self) -> None:
        super().__init__("Bu firma başka bir firmayla birleştirildi; bu işlem yapılmadı. Sayfayı yeniden açın.")


class InTeam(Exception):
    """Whoever founds a company is in the team of the one that has its number."""

    def __init__(self, company: Company) -> None:
        super().__init__(str(company))
        self.company = company


@contextmanager
def _turn(company_id: UUID, by: User | None = None) -> Iterator[None]:
    with transaction.atomic():
        if Company.objects.select_for_update(no_key=True).get(pk=company_id).merged_into_id is not None:
            raise Merged
        if by is not None and not _owners(company_id).filter(user=by).exists():
            raise NotOwner
        yield


def _owners(company_id: UUID) -> QuerySet[Membership]:
    return Membership.objects.filter(company=company_id, role=Role.OWNER, user__is_active=True)


def _now(membership: Membership) -> Membership:
    """The row as it is in one's turn. Raises Gone."""
    try:
        return Membership.objects.select_related("user").get(pk=membership.pk)
    except Membership.DoesNotExist:
        raise Gone from None


def is_only_owner(membership: Membership) -> bool:
    """Whether the company would be without an owner if this one left, or were less."""
    others = _owners(membership.company_id).exclude(pk=membership.pk)
    return membership.role == Role.OWNER and not others.exists()


def _take_ownership(membership: Membership) -> None:
    """Raises LastOwner."""
    if is_only_owner(membership):
        raise LastOwner
    _withdraw_sent(membership)


def _withdraw_sent(membership: Membership) -> None:
    """No invitation of who is an owner no longer lets anybody in."""
    sent = Invitation.objects.filter(company=membership.company_id, invited_by=membership.user)
    sent.filter(accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())


def found_company(*, user: User, partner: Partner, trade_name: str, tax_number: str) -> Company | None:
    """Makes the company with `user` as its owner.

    None when the tax number is here already: staff are asked to decide (again, if they decided before), and
    nothing is said of the other. Raises InTeam when it is that of a company of their own, as for a form that is
    sent twice.
    """
    # Asked first: while keys are changed, a sole trader's number may lie under two indexes, and no constraint sees
    # that they are one number.
    known = company_with(tax_number)
    if known is None:
        company = Company(partner=partner, trade_name=trade_name, tax_number=tax_number)
        try:
            with inside(company.pk), crossing(Crossing.HOST), transaction.atomic():
                company.save(force_insert=True)
                Membership.objects.create(user=user, company=company, role=Role.OWNER)
            return company
        except IntegrityError:
            known = company_with(tax_number)
            if known is None:
                raise
    known = known.today
    with inside(known.pk):
        if Membership.objects.filter(user=user, company=known).exists():
            raise InTeam(known)
    asked = {"trade_name": trade_name, "partner": partner}
    with crossing(Crossing.HOST):
        request, _made = JoinRequest.objects.update_or_create(user=user, company=known, defaults=asked)
        if request.settled_at is not None:
            JoinRequest.objects.filter(pk=request.pk).update(settled_at=None, told_at=None)
    return None


def found_by_support(*, partner: Partner, **company: str) -> Company | None:
    """A company without people yet, whose first owner is invited next (`invite_first`). None when its tax number
    is here already, be it another partner's."""
    if company_with(company["tax_number"]) is not None:
        return None
    try:
        with transaction.atomic():
            return Company.objects.create(partner=partner, **company)
    except IntegrityError:
        return None


def invite_first(*, company: Company, email: str, by: User) -> Invitation:
    """Invites who becomes the owner of a company in which nobody is. Anew, it renews the first. Raises
    Inhabited."""
    with _turn(company.pk):
        if Membership.objects.filter(company=company).exists():
            raise Inhabited
        return _renewed(company, email, role=Role.OWNER, invited_by=by, by_support=True)


def _renewed(company: Company, email: str, **said: Any) -> Invitation:
    """The invitation of this address that is unanswered, or a new one: as it is said now, and from now on."""
    said["expires_at"] = timezone.now() + INVITATION_LIVES
    return Invitation.objects.update_or_create(
        company=company, email=email, accepted_at=None, revoked_at=None, defaults=said
    )[0]


def without_a_first(companies: QuerySet[Company]) -> QuerySet[Company]:
    """Those that support brought in, into which nobody has come, and of which it took every invitation back: their
    first owner may be invited at another address."""
    of_it = Invitation.objects.filter(company=OuterRef("pk"), by_support=True)
    somebody = Membership.objects.filter(company=OuterRef("pk"))
    return companies.filter(Exists(of_it), ~Exists(of_it.filter(revoked_at=None)), ~Exists(somebody))


def revoke_supports(*, invitation: Invitation) -> bool:
    """Support takes back what it sent; False when it was accepted or taken back before."""
    with _turn(invitation.company_id):
        waiting = Invitation.objects.unanswered().filter(pk=invitation.pk, by_support=True)
        return bool(waiting.update(revoked_at=timezone.now()))


def untold_requests() -> QuerySet[JoinRequest]:
    """What the owners of the companies do not know of yet."""
    return JoinRequest.objects.filter(told_at=None, settled_at=None).select_related("company__partner", "user")


def mark_told(request: JoinRequest) -> bool:
    """False when somebody else has told the owners just now."""
    return bool(JoinRequest.objects.filter(pk=request.pk, told_at=None).update(told_at=timezone.now()))


def company_with(tax_number: str) -> Company | None:
    """The one company of this number, whoever's it is: what is found is for a decision, not for a screen."""
    with crossing(Crossing.TAX_NUMBER):
        return Company.objects.numbered(tax_number).select_related("merged_into").first()


def invitations_of(email: str) -> list[Invitation]:
    """Those that wait for this address."""
    waiting = Invitation.objects.open(timezone.now()).filter(email__iexact=email)
    with crossing(Crossing.INVITATION):
        return list(waiting.select_related("company", "invited_by"))


def invite(
    *, company: Company, email: str, role: str, by: User, unless_since: datetime | None = None
) -> Invitation:
    """Invites an address for 7 days; a second invitation of the same address renews the first. Raises
    InvitedAlready when that was done after `unless_since`: when the page was shown on which this was pressed.

    One that was taken back is never renewed: its link says for good that it was.
    """
    with _turn(company.pk, by):
        same = Invitation.objects.unanswered().filter(company=company, email=email, role=role)
        if unless_since and same.filter(expires_at__gt=unless_since + INVITATION_LIVES).exists():
            raise InvitedAlready
        return _renewed(company, email, role=role, invited_by=by)


def revoke(*, invitation: Invitation, by: User) -> bool:
    """Takes an invitation back; False when it was accepted or taken back before."""
    with _turn(invitation.company_id, by):
        waiting = Invitation.objects.unanswered().filter(pk=invitation.pk)
        return bool(waiting.update(revoked_at=timezone.now()))


def invited(pk: UUID) -> Invitation | None:
    """The invitation that a link leads to, for whoever holds the link."""
    with crossing(Crossing.INVITATION):
        return Invitation.objects.with_inviter().filter(pk=pk).first()


def join(*, invitation: Invitation, user: User) -> Membership | None:
    """None when it is not open, or not for this person. Support gives none of its own people a company."""
    if invitation.by_support and user.is_staff:
        return None
    with suppress(Merged), _turn(invitation.company_id):
        now = timezone.now()
        waiting = Invitation.objects.open(now).filter(pk=invitation.pk, email__iexact=user.email)
        if waiting.update(accepted_at=now, accepted_by=user):
            role = {"role": invitation.role}
            return Membership.objects.get_or_create(user=user, company=invitation.company, defaults=role)[0]
    return None


def add(*, company: Company, user: User, role: str) -> bool:
    """Support takes a person in; False when the person is in already, and keeps the role."""
    with _turn(company.pk):
        return Membership.objects.get_or_create(user=user, company=company, defaults={"role": role})[1]


def change_role(*, membership: Membership, role: str, by: User | None = None) -> bool:
    """False when the person had this role. Raises LastOwner, NotOwner, Gone."""
    with _turn(membership.company_id, by):
        fresh = _now(membership)
        if fresh.role == role:
            return False
        if fresh.role == Role.OWNER:
            _take_ownership(fresh)
        fresh.role = role
        fresh.save(update_fields=["role"])
    return True


def remove(*, membership: Membership, by: User | None = None) -> None:
    """Takes a person out of a company. Raises LastOwner for the last owner, NotOwner, Gone."""
    with _turn(membership.company_id, None if by == membership.user else by):
        _end(_now(membership))


def desert(*, membership: Membership) -> None:
    """Takes a person out of a company that needs nobody: the last of all may go, who leaves nobody without an
    owner. Raises LastOwner, Gone."""
    with _turn(membership.company_id):
        own = _now(membership)
        if Membership.objects.filter(company=own.company_id).exclude(pk=own.pk).exists():
            _end(own)
        else:
            _withdraw_sent(own)
            _part(own)


def hand_over(*, company: Company, by: User, to: Membership, stays_as: Role | None) -> None:
    """Makes `to` an owner; who hands over stays with a smaller role, or leaves. Raises NotOwner, Gone."""
    with _turn(company.pk, by):
        heir, own = _now(to), Membership.objects.get(company=company, user=by)
        heir.role = Role.OWNER
        heir.save(update_fields=["role"])
        if stays_as is None:
            _end(own)
            return
        _take_ownership(own)
        own.role = stays_as
        own.save(update_fields=["role"])


def _end(membership: Membership) -> None:
    if membership.role == Role.OWNER:
        _take_ownership(membership)
    _part(membership)


def _part(membership: Membership) -> None:
    PastMembership.objects.create(user=membership.user, company_id=membership.company_id, role=membership.role)
    membership.delete()


def settle_join_request(*, request: JoinRequest, role: str | None) -> bool:
    """Staff's decision: a role lets the person in, None refuses. False when it had been decided before."""
    with _turn(request.company_id):
        fresh = JoinRequest.objects.filter(pk=request.pk, settled_at=None).update(settled_at=timezone.now())
        if fresh and role is not None:
            Membership.objects.get_or_create(user=request.user, company=request.company, defaults={"role": role})
    return bool(fresh)
