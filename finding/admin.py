"""The page behind the search field that stands on every page of support's."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern

from finding import looking, near, results, typed
from finding.models import Kind, Word
from finding.typed import Typed
from tenancy.admin.base import ReadOnlyAdmin
from tenancy.models import User
from tenancy.requests import number, user_of

# Whole numbers of these lead straight to the page; an address is often several people's.
NUMBERS = {
    *(Kind.TAX_NUMBER, Kind.MERSIS, Kind.IDENTITY, Kind.PHONE),
    *(Kind.REFERENCE, Kind.IYS_NUMBER, Kind.IYS_CODE, Kind.BRAND_CODE),
}
NAMES = "unvanlarda, markalarda, kişi adlarında ve e-posta konularında"


@admin.register(Word)
class FindPage(ReadOnlyAdmin[Word]):
    """What is found is shown by its own tables' permissions (`finding.results`)."""

    partner_path = "owner"

    def get_urls(self) -> list[URLPattern]:
        return [self.own("", self.changelist_view, "changelist")]

    def has_view_permission(self, request: HttpRequest, obj: Word | None = None) -> bool:
        """Of everybody in support."""
        user = user_of(request)
        return user.is_active and user.is_staff

    def has_module_permission(self, request: HttpRequest) -> bool:
        """It stands in the head of each page, and in no list of tables."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.GET.keys() - {"q", "k"}:
            raise BadRequest  # as every list of the admin (tenancy.admin.lists)
        user = user_of(request)
        if keys := [number(key) for key in request.GET.get("k", "").split(",")[: looking.MOST] if key]:
            return self._page(request, "", user, looking.look_again(user, keys), Typed())
        text = request.GET.get("q", "")
        meant = typed.read(text)
        looked = near.beside(user, meant, looking.look(user, meant))
        if page := results.the_one(results.shown(user, looked.matches)) if _by_number(looked.matches) else "":
            return redirect(page)
        if meant.is_secret:
            return self._without_the_number(request, looked.matches)
        return self._page(request, text[: typed.LONGEST], user, looked, meant)

    def _without_the_number(self, request: HttpRequest, matches: Sequence[looking.Match]) -> HttpResponse:
        """An identity number stands neither in the address of a page nor in its search field."""
        if not _by_number(matches):
            messages.info(request, "Kimlik numarası olarak arandı; bu numarayla kayıt bulunamadı.")
        if not matches:
            return redirect(self.url())
        return redirect(f"{self.url()}?{urlencode({'k': ','.join(str(match.word.pk) for match in matches)})}")

    def _page(
        self, request: HttpRequest, text: str, user: User, looked: looking.Looked, meant: Typed
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Bul",
            "opts": self.opts,
            "find_typed": text,
            "groups": results.shown(user, looked.matches),
            "is_cut": looked.is_cut,
            "is_guessed": bool(looked.matches) and all(match.is_near for match in looked.matches),
            "is_asked": bool(text.strip()),
            "is_without_number": meant.is_beside and not _by_number(looked.matches),
            "understood": understood(meant),
            "needs_more": looking.needs_more(meant.words),
        }
        return render(request, "admin/finding/find.html", context)


def _by_number(matches: Sequence[looking.Match]) -> bool:
    return any(match.word.kind in NUMBERS for match in matches)


def understood(meant: Typed) -> Sequence[str]:
    """As what it was looked for, in words."""
    said = dict.fromkeys(str(Kind(each.kind).label) for each in meant.numbers)
    telling = [each.spellings[0] for each in meant.words if not each.of_kind]
    words = [f"{NAMES} “{' '.join(telling)}” sözleriyle"] if telling else []
    return [*said, *words]
