"""Lists that are kept as one person has filtered them, each under a name."""

from collections.abc import Collection
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, reverse

from identifiers.masking import masked
from onboarding.models import SavedFilter
from tenancy.admin.base import ReadOnlyAdmin
from tenancy.requests import number, user_of, words

M = TypeVar("M", bound=Model)
MOST = 20  # filters of one person for one list


class SavedFilters(ReadOnlyAdmin[M], Generic[M]):
    """`kept` are the parameters of the list's address that a filter may hold; what else is sent is left out."""

    kept: Collection[str]

    def own_urls(self) -> list[URLPattern]:
        return [self.own("filters/", self.filters_view, "filters"), *super().own_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        here = self._query(request.GET.urlencode())
        shown = {
            "saved": self._saved(request),
            "saved_url": reverse(f"admin:{self._name('filters')}"),
            "query": here,
        }
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    def filters_view(self, request: HttpRequest) -> HttpResponse:
        """Keeps the filter that is on the list now, or takes one of the person's own away."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self.back()
        if "drop" in request.POST:
            self._saved(request).filter(pk=number(request.POST["drop"])).delete()
            return self.back()
        query = self._query(words(request, "query"))
        refusal = self._refusal(request, words(request, "name"), query)
        if refusal:
            messages.error(request, refusal)
        else:
            SavedFilter.objects.update_or_create(
                user=user_of(request),
                place=self.opts.model_name,
                name=words(request, "name"),
                defaults={"query": query},
            )
            messages.success(request, "Süzgeç kaydedildi.")
        return redirect(f"{self.url()}?{query}")

    def _refusal(self, request: HttpRequest, name: str, query: str) -> str:
        if not name or len(name) > 60:
            return "Süzgece en çok 60 karakterlik bir ad verin."
        if not query:
            return "Önce listeyi süzün ya da arayın; boş bir liste kaydedilmez."
        if len(query) > 500 or any(masked(value) != value for value in QueryDict(query).dict().values()):
            return "Bu arama kaydedilemez: çok uzun ya da içinde bir kimlik numarası var."
        if self._saved(request).exclude(name=name).count() >= MOST:
            return f"Bir listede en çok {MOST} süzgeciniz olabilir; önce birini silin."
        return ""

    def _saved(self, request: HttpRequest) -> Any:
        return SavedFilter.objects.filter(user=user_of(request), place=self.opts.model_name)

    def _query(self, sent: str) -> str:
        """The parameters that may be kept, each once, in an order of their own."""
        given = QueryDict(sent)
        found = QueryDict(mutable=True)
        for name in sorted(self.kept):
            if given.get(name):
                found[name] = given[name]
        return found.urlencode()
