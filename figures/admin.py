"""The page of figures, for who steers support; each figure also as a file."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone

from figures.choosing import ChoosingForm
from figures.models import Figure
from figures.showing import FIGURES, Look, may_see, shown
from tenancy.admin import exports
from tenancy.admin.base import ReadOnlyAdmin
from tenancy.requests import user_of

ASKED = {"ortak", "donem", "ilk", "son"}


@admin.register(Figure)
class FiguresPage(ReadOnlyAdmin[Figure]):
    """Sums of the rows and never the rows themselves."""

    partner_path = "partner"

    def get_urls(self) -> list[URLPattern]:
        return [self.own("", self.changelist_view, "changelist"), self.own("indir/<str:name>/", self.csv, "csv")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.GET.keys() - ASKED:
            raise BadRequest  # as every list of the admin (tenancy.admin.lists)
        form = self._form(request, request.GET)
        is_valid = form.is_valid()
        look = Look(user_of(request), form.partner, form.span)
        gathered = look.gathered
        context = {
            **self.admin_site.each_context(request),
            "title": "Rakamlar",
            "opts": self.opts,
            "form": form,
            "figures": shown(look) if is_valid and gathered and gathered.until else [],
            "gathered": gathered if gathered and gathered.until else None,
            "last_day": look.last_day,
            "is_late": bool(gathered and gathered.until and gathered.until < timezone.localdate()),
        }
        return render(request, "admin/figures/page.html", context, status=200 if is_valid else 422)

    def csv(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """Given out by a press, since it is noted who took it."""
        if not self.has_view_permission(request) or not may_see(user_of(request), name):
            raise PermissionDenied
        if name not in FIGURES:
            raise Http404
        if request.method != "POST":
            return self.back()
        form = self._form(request, request.POST)
        if not form.is_valid():
            return self.back()
        user = user_of(request)
        figure = FIGURES[name](Look(user, form.partner, form.span))
        whose = form.cleaned_data.get("ortak") or user.partner or "bütün iş ortakları"
        return exports.given(
            [figure.head, *figure.rows],
            by=user,
            model=Figure,
            name=f"rakamlar-{name}",
            said=f"Rakamlar: {figure.title}",
            how=f"{whose}, {form.cleaned_data['ilk']} – {form.cleaned_data['son']}",
        )

    def _form(self, request: HttpRequest, data: QueryDict) -> ChoosingForm:
        return ChoosingForm(data, user=user_of(request), today=timezone.localdate())
