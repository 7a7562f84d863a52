"""The wall as staff meet it: people of one partner see the companies of that partner only."""

from typing import Generic, TypeVar, cast

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from tenancy.models import User

M = TypeVar("M", bound=Model)


def of_partner(request: HttpRequest, rows: QuerySet[M], path_to_company: str = "") -> QuerySet[M]:
    """The rows whose company belongs to the staff member's partner; without a path the rows are companies.

    Who has no partner and is no superuser sees nothing.
    """
    return seen_by(cast(User, request.user), rows, path_to_company)


def seen_by(user: User, rows: QuerySet[M], path_to_company: str = "") -> QuerySet[M]:
    """As `of_partner`, for who is no visitor."""
    if user.partner_id is None:
        return rows if user.is_superuser else rows.none()
    path = f"{path_to_company}__partner" if path_to_company else "partner"
    return rows.filter(**{path: user.partner_id})


class WalledAdmin(admin.ModelAdmin[M], Generic[M]):
    """Rows of companies; `get_queryset` of each class leaves out what is another partner's."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> M:
        """Raises Http404 alike for what is not there and for what is another partner's."""
        found: M | None = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found


class ReadOnlyAdmin(WalledAdmin[M], Generic[M]):
    """Rows that are written by verbs alone: staff look at them and act through buttons."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False
