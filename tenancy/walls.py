"""The wall as staff meet it: people of one partner see what belongs to that partner only."""

from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from tenancy.models import User

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
