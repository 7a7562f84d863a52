"""Invitations to companies: who was asked by whom, and sending those of support again, many at once."""

from collections.abc import Sequence

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from identifiers import Refused
from limits import quotas
from limits.quotas import Quota
from team import people
from team.importing.rights import BRING
from tenancy import memberships
from tenancy.admin.base import Act
from tenancy.admin.bulk import BulkActs
from tenancy.admin.searching import FoundBy
from tenancy.memberships import INVITATION_LIVES
from tenancy.models import Invitation, Membership, User


def _again(invitation: Invitation, _reason: str, by: User) -> None:
    """Raises TooMany, as for each letter to somebody who did not ask for one."""
    quotas.take(
        Quota.INVITATIONS,
        person=by,
        company=invitation.company,
        partner=invitation.company.partner,
        target=invitation.email,
    )
    try:
        people.invite_first(company=invitation.company, email=invitation.email, by=by)
    except memberships.Refusal as refusal:
        raise Refused(str(refusal)) from refusal


def _take_back(invitation: Invitation, _reason: str, by: User) -> None:
    if not people.revoke_supports(invitation=invitation, by=by):
        raise Refused("Davet bu arada yanıtlandı ya da geri alındı.")


def _with_people(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    somebody = Membership.objects.filter(company=OuterRef("company"))
    return rows.select_related("company__partner").annotate(somebody_came=Exists(somebody))


def _waits(invitation: Invitation) -> bool:
    """Whether it is support's to send again: it brought the company in, and nobody has come yet."""
    unanswered = invitation.by_support and invitation.accepted_at is None and invitation.revoked_at is None
    return unanswered and not invitation.somebody_came  # type: ignore[attr-defined]


def _sent(invitation: Invitation) -> str:
    at = timezone.localtime(invitation.expires_at - INVITATION_LIVES)
    return f"{invitation.email} (son davet {at:%d.%m.%Y %H:%M})"


ACTS: Sequence[Act[Invitation]] = (
    Act(
        name="yeniden",
        label="Yeniden davet et",
        done="Yeniden davet edildi",
        help="Yanıt vermeyenlere davet bir daha gider; bağlantısı bugünden başlayarak yedi gün geçerlidir.",
        verb=_again,
        offered=_waits,
        needs_reason=False,
        note=_sent,
        rests_on=lambda invitation: invitation.expires_at.isoformat(),
        prepare=_with_people,
    ),
    Act(
        name="geri-al",
        label="Geri al",
        done="Davet geri alındı",
        help="Yanlış adrese giden davetin bağlantısı artık açılmaz. Doğru adresi yeni bir listeyle yükleyin: "
        "firma kayıtlı kalır, davet yeni adrese gider.",
        verb=_take_back,
        offered=_waits,
        needs_reason=False,
        note=_sent,
        rests_on=lambda invitation: invitation.expires_at.isoformat(),
        prepare=_with_people,
    ),
)

SHOWN: Sequence[str] = ("email", "firm", "role", "who", "created_at", "expires_at", "accepted_at")


class AnswerFilter(admin.SimpleListFilter):
    title = "yanıt"
    parameter_name = "yanit"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("yok", "Destek davet etti, yanıt yok")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> QuerySet[Invitation]:
        if self.value() != "yok":
            return queryset
        nobody_came = ~Exists(Membership.objects.filter(company=OuterRef("company")))
        return queryset.filter(nobody_came, by_support=True, accepted_at=None, revoked_at=None)


@admin.register(Invitation)
class InvitationAdmin(BulkActs[Invitation]):
    partner_path = "company__partner"
    bulk_acts = ACTS
    bulk_permission = BRING
    bulk_refusal = Refused
    list_display = (*SHOWN,)
    list_filter = [AnswerFilter]
    found_by = FoundBy(companies=("company",), whole=("email",))
    list_select_related = ["company__partner", "invited_by"]
    ordering = ["-created_at"]
    fields = [*SHOWN, "revoked_at"]
    readonly_fields = [*SHOWN, "revoked_at"]

    @admin.display(description="firma", ordering="company__trade_name")
    def firm(self, invitation: Invitation) -> str:
        return str(invitation.company)

    @admin.display(description="davet eden", ordering="invited_by__full_name")
    def who(self, invitation: Invitation) -> str:
        return str(invitation.invited_by)
