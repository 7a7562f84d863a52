"""What is done to the people of a company: the verb, the company's journal, and letters to whom it concerns.

The person is told, and so are the company's owners, but for the one who did it. `by` acts for the company, or for
support where `party` says so: then all owners are told, and four eyes are needed.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from journal.entries import write
from journal.models import Entry, Event
from journal.parties import Party
from team import letters
from tenancy import memberships
from tenancy.models import Company, Invitation, Membership, User
from tenancy.roles import Role
from tenancy.walls import refuse_own
from wall.standing import inside


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does it, in whose name, and why."""

    user: User
    party: Party = Party.COMPANY
    reason: str = ""

    @property
    def owner(self) -> User | None:
        """Who has to be an owner for it."""
        return self.user if self.party is Party.COMPANY else None

    @property
    def words(self) -> str:
        """As the letters name the doer."""
        of = "destek ekibi" if self.party is Party.STAFF else self.user.email
        return f"{self.user} ({of})"


class NotByStaff(memberships.Refusal):
    """Support gives none of its own people a company."""

    def __init__(self) -> None:
        super().__init__("Destek ekibinden biri bir firmaya yalnızca firma sahibinin davetiyle katılabilir.")


def invite(
    *, company: Company, email: str, role: str, by: User, unless_since: datetime | None = None
) -> Invitation:
    """A second invitation of the same address renews the first, and is another letter; the same press a second
    time is none. Raises as `memberships.invite` does."""
    with transaction.atomic():
        invitation = memberships.invite(company=company, email=email, role=role, by=by, unless_since=unless_since)
        letters.post_invitation(invitation)
        _write(company, f"Davet edildi: {email} ({Role(role).label})", Doer(by))
    return invitation


def invite_first(*, company: Company, email: str, by: User) -> Invitation:
    """Support invites the first owner of a company that it brought in; anew, it is another letter.
    Raises as `memberships.invite_first` does."""
    with transaction.atomic():
        invitation = memberships.invite_first(company=company, email=email, by=by)
        letters.post_invitation(invitation)
        _write(company, f"Destek ekibi davet etti: {email} ({Role.OWNER.label})", Doer(by, Party.STAFF))
    return invitation


def revoke(*, invitation: Invitation, by: User) -> bool:
    with transaction.atomic():
        revoked = memberships.revoke(invitation=invitation, by=by)
        if revoked:
            _write(invitation.company, f"Davet geri alındı: {invitation.email}", Doer(by))
    return revoked


def revoke_supports(*, invitation: Invitation, by: User) -> bool:
    """Support takes an invitation of its own back, such as one to a mistyped address."""
    with transaction.atomic():
        revoked = memberships.revoke_supports(invitation=invitation)
        if revoked:
            said = f"Destek ekibi daveti geri aldı: {invitation.email}"
            _write(invitation.company, said, Doer(by, Party.STAFF))
    return revoked


def join(*, invitation: Invitation, user: User) -> Membership | None:
    """None when the invitation lets this person in no more."""
    with inside(invitation.company_id), transaction.atomic():
        membership = memberships.join(invitation=invitation, user=user)
        if membership is not None:
            said = f"Daveti kabul etti: {user.email} ({Role(membership.role).label})"
            _write(invitation.company, said, Doer(user))
    return membership


def add(*, company: Company, user: User, role: Role, by: Doer) -> bool:
    """Support takes a person in; False when the person is in already. Raises NotByStaff, OwnCompany."""
    _refuse(by, company, user)
    with transaction.atomic():
        if not memberships.add(company=company, user=user, role=role):
            return False
        letters.post_added(company, user, role)
        tell(company, user, f"Ekibe eklendi: {user.email} ({role.label})", by)
    return True


def change_role(*, membership: Membership, role: Role, by: Doer) -> bool:
    """False when the person had this role. Raises as `memberships.change_role` does, NotByStaff, OwnCompany."""
    company, user = membership.company, membership.user
    _refuse(by, company, user)
    with transaction.atomic():
        before = Role(membership.role)
        if not memberships.change_role(membership=membership, role=role, by=by.owner):
            return False
        entry = tell(company, user, f"Yetkisi değişti: {user.email} ({before.label} → {role.label})", by)
        if user != by.user:
            letters.post_role_changed(company, user, role, cause=entry.pk, by=by.words, reason=by.reason)
    return True


def remove(*, membership: Membership, by: Doer) -> None:
    """Also leaving, by oneself. Raises as `memberships.remove` does, and OwnCompany."""
    company, user = membership.company, membership.user
    if by.party is Party.STAFF:
        refuse_own(by.user, company.pk)
    with transaction.atomic():
        memberships.remove(membership=membership, by=by.owner)
        leaves = user == by.user
        entry = tell(company, user, f"{'Ekipten ayrıldı' if leaves else 'Ekipten çıkarıldı'}: {user.email}", by)
        if not leaves:
            letters.post_removed(company, user, cause=entry.pk, by=by.words, reason=by.reason)


def hand_over(*, company: Company, to: Membership, stays_as: Role | None, by: User) -> None:
    """`by` makes `to` an owner and stays with a smaller role, or leaves. Raises NotOwner, Gone."""
    doer = Doer(by)
    with transaction.atomic():
        memberships.hand_over(company=company, by=by, to=to, stays_as=stays_as)
        rest = f"{by.email} {f'{stays_as.label} olarak kaldı' if stays_as else 'ekipten ayrıldı'}"
        entry = tell(company, to.user, f"Sahiplik devredildi: {to.user.email} artık sahip, {rest}", doer)
        letters.post_handed_over(company, by, to.user, stays_as, cause=entry.pk)


def switched(*, user: User, by: Doer) -> None:
    """Support has switched the person's account off, or on again: their companies are told."""
    said = f"Hesabı {'yeniden açıldı' if user.is_active else 'kapatıldı, portala giremez'}: {user.email}"
    with transaction.atomic():
        for membership in user.memberships.select_related("company__partner"):
            tell(membership.company, user, said, by)


def history(company: Company) -> list[Entry]:
    """What happened to the people of late, the newest first."""
    return list(company.journal.filter(event=Event.MEMBER_CHANGED).select_related("actor")[:20])


def _refuse(by: Doer, company: Company, user: User) -> None:
    if by.party is not Party.STAFF:
        return
    refuse_own(by.user, company.pk)
    if user.is_staff:
        raise NotByStaff


def tell(company: Company, about: User, said: str, by: Doer) -> Entry:
    """Into the journal, and to the owners who neither did it nor are the person it is about."""
    entry = _write(company, said, by)
    letters.post_team_changed(company, said, but={about, by.user}, cause=entry.pk, by=by.words, reason=by.reason)
    return entry


def _write(company: Company, said: str, by: Doer) -> Entry:
    text = f"{said} — {by.reason}" if by.reason else said
    return write(company=company, event=Event.MEMBER_CHANGED, text=text, party=by.party, actor=by.user)
