"""Lists of the admin: filtered by what they offer and nothing else; whatever stands in an address breaks none."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError
from django.db.models import Field, Model, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest, HttpResponse

from tenancy.numbers import typed_as

M = TypeVar("M", bound=Model)


class _List(ChangeList):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Years that no calendar has and signs that no database keeps are wrong values like any other."""
        try:
            super().__init__(*args, **kwargs)
        except (ValueError, OverflowError, DataError) as error:
            raise IncorrectLookupParameters(error) from error


class ListedAdmin(admin.ModelAdmin[M], Generic[M]):
    # Lookups that pages of ours link to, beside the list's filters.
    linked_by: Sequence[str] = ()

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        """Numbers are read as they are written in Turkey, unless a field is named for the column."""
        return super().formfield_for_dbfield(db_field, request, **{**typed_as(db_field), **kwargs})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return _List

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Django allows every column of the row's own: `password__startswith` tells it, sign by sign."""
        if lookup in self.linked_by:
            return True
        filters = [each[0] if isinstance(each, tuple | list) else each for each in self.get_list_filter(request)]
        names = (each if isinstance(each, str) else getattr(each, "parameter_name", "") for each in filters)
        offered = {"pk", self.date_hierarchy, *(each.partition(LOOKUP_SEP)[0] for each in names)}
        return lookup.partition(LOOKUP_SEP)[0] in offered and super().lookup_allowed(lookup, value, request)

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """Raises BadRequest where no keys were chosen, but something else."""
        kind = self.opts.pk
        for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
            try:
                kind.run_validators(kind.to_python(key))
            except ValidationError as error:
                raise BadRequest from error
        return super().response_action(request, queryset, *args, **kwargs)
