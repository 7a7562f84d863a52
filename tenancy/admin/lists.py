"""Lists of the admin: filtered by what they offer and nothing else; whatever stands in an address breaks none."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import BooleanField, Field, Model, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from identifiers.turkish import begun
from tenancy.admin import exports, paging, words
from tenancy.admin.searching import FoundBy
from tenancy.numbers import typed_as

M = TypeVar("M", bound=Model)
EXPORT = "export"  # the name of the button that gives a list out


class ListedAdmin(admin.ModelAdmin[M], Generic[M]):
    # Lookups that pages of ours link to, beside the list's filters.
    linked_by: Sequence[str] = ()
    # What its search field looks for; without it there is none.
    found_by: FoundBy | None = None
    # Its columns in a file, where they are others than on the screen.
    exported: Sequence[str] = ()
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # numbers beside filters, which read all rows

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        """Numbers are read as they are written in Turkey, unless a field is named for the column."""
        return super().formfield_for_dbfield(db_field, request, **{**typed_as(db_field), **kwargs})

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return self._in_words(super().get_list_display(request))

    def get_fields(self, request: HttpRequest, obj: M | None = None) -> Any:
        fields = super().get_fields(request, obj)
        return fields if obj is None or self.has_change_permission(request, obj) else self._in_words(fields)

    def _in_words(self, names: Sequence[Any]) -> list[Any]:
        columns = {each.name: each for each in self.opts.fields if isinstance(each, BooleanField)}
        return [words.boolean(columns[each]) if each in columns else each for each in names]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return paging.PagedList

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """A row's page is headed by what the row is (Django: “mektup göster”)."""
        title = {"title": begun(str(self.opts.verbose_name))} if object_id else {}
        return super().changeform_view(request, object_id, form_url, {**title, **(extra_context or {})})

    def get_paginator(
        self, request: HttpRequest, queryset: QuerySet[M], per_page: int, *args: Any, **kwargs: Any
    ) -> paging.BoundedPaginator:
        pages = paging.BoundedPaginator(queryset, per_page, *args, **kwargs)
        if EXPORT in request.POST:
            pages.most = exports.MOST
        return pages

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Django allows every column of the row's own: `password__startswith` tells it, sign by sign."""
        if lookup in self.linked_by:
            return True
        filters = [each[0] if isinstance(each, tuple | list) else each for each in self.get_list_filter(request)]
        names = (each if isinstance(each, str) else getattr(each, "parameter_name", "") for each in filters)
        offered = {"pk", self.date_hierarchy, *(each.partition(LOOKUP_SEP)[0] for each in names)}
        return lookup.partition(LOOKUP_SEP)[0] in offered and super().lookup_allowed(lookup, value, request)

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Django draws a search field where there are some; none is looked into (tenancy.admin.paging)."""
        return ("pk",) if self.found_by else ()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Also gives out what is on the screen as a file (templates/admin/change_list.html)."""
        if request.method == "POST" and EXPORT in request.POST and self.has_view_or_change_permission(request):
            try:
                shown: Any = self.get_changelist_instance(request)
            except IncorrectLookupParameters:
                return redirect(request.path)
            if not (shown.paginator.has_more or shown.read_to):
                return exports.listed(self, request, shown)
            messages.error(request, f"Listede çok kayıt var; bir dosyada en çok {exports.MOST} olabilir. Süzün.")
            return redirect(request.get_full_path())
        return super().changelist_view(request, extra_context)

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
