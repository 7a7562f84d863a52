"""Under which host name, and in whose name, an account is written to: its own, whatever host a visitor named."""

from django.conf import settings
from django.http import HttpRequest

from partners.models import Partner
from tenancy.models import User
from wall.crossings import Crossing
from wall.standing import crossing


def partner_of(user: User | None, request: HttpRequest | None) -> Partner | None:
    """The partner of the person's company, else the one that a member of staff works for.

    Who belongs to several is written to as from the one that is being visited, if it is among them. Who belongs to
    none is met by the partner whose host was asked for: it is one of ours, or the default.
    """
    visited: Partner | None = getattr(request, "partner", None) or None
    own: list[Partner] = []
    with crossing(Crossing.ACCOUNT_HOST):
        if user is not None:
            memberships = user.memberships.select_related("company__partner").order_by("created_at")
            own = [each.company.partner for each in memberships]
            own += [user.partner] if user.partner is not None else []
        if not own:
            return visited or Partner.objects.filter(is_default=True).first()
    return visited if visited in own else own[0]


def portal_url(partner: Partner | None) -> str:
    return partner.portal_url if partner is not None else str(settings.PORTAL_URL)


def name_of(partner: Partner | None) -> str:
    return partner.name if partner is not None else "İYS kayıt portalı"
