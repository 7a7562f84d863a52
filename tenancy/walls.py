"""The wall as staff meet it: people of one partner see what belongs to that partner only, and nobody of them
decides on a company of their own (four eyes)."""

from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from tenancy.models import Company, JoinRequest, Membership, PastMembership, User
from wall.standing import Standing

Rows = TypeVar("Rows", bound=QuerySet[Any])


def runs_the_portal(user: User | AnonymousUser | AbstractBaseUser) -> bool:
    """Whether somebody works for all partners: a superuser who belongs to none. Such people alone change what
    holds for every partner."""
    return isinstance(user, User) and user.is_active and user.is_superuser and user.partner_id is None


def of_partner(user: User, rows: Rows, path: str = "partner", *, shared: bool = False) -> Rows:
    """The rows that a member of staff may see: those whose partner, to which `path` leads, is the own one.

    `shared` adds the rows of no partner, which concern every partner. A superuser without a partner sees all
    rows, anybody else without a partner sees none.
    """
    if user.partner_id is None:
        return rows if user.is_superuser else rows.none()
    own = Q(**{path: user.partner_id})
    return rows.filter(own | Q(**{path: None})) if shared else rows.filter(own)


def standing_of(staff: User) -> Standing:
    """Where a member of staff stands in the database."""
    everything = staff.is_superuser and staff.partner_id is None
    return Standing("staff", staff.pk, partner=staff.partner_id, everything=everything)


class OwnCompany(PermissionDenied):
    """Whoever has part in a company is not the one of support who decides on it."""

    def __init__(self) -> None:
        super().__init__(
            "Bu firmanın ekibindesiniz, ekibindeydiniz ya da ekibine katılmak istediniz. "
            "Firmayla ilgili kararları destek ekibinden başka biri vermeli."
        )


def own_companies(user: User) -> QuerySet[Company]:
    """Those that the person belongs to, belonged to, or asked to join; an invitation is others' doing."""
    # One set of keys: of conditions joined by “or” each company would be asked.
    own: list[QuerySet[Any, Any]] = [
        model.objects.filter(user=user).order_by().values("company")
        for model in (Membership, PastMembership, JoinRequest)
    ]
    return Company.objects.filter(pk__in=own[0].union(*own[1:]))


def has_part(user: User, company_id: UUID) -> bool:
    return own_companies(user).filter(pk=company_id).exists()


def refuse_own(user: User, company_id: UUID) -> None:
    """Raises OwnCompany."""
    if has_part(user, company_id):
        raise OwnCompany
