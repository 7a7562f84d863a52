"""Deciding takes the case: what becomes of who decides beside a colleague, on a case's page or a mail's."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render

from correspondence.models import Mail
from onboarding.actions import casework, staff_moves
from onboarding.models import Application
from onboarding.steps import BY_KEY
from tenancy.admin.base import WalledAdmin
from tenancy.kept_posts import CARRIED
from tenancy.requests import user_of

ASKS = "onboarding_application_ask_changes"
# What comes with a button, and was written by nobody.
UNWRITTEN = {*CARRIED, "take_over", "move", "expected_version", "approved", "check"}


def decides(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page whose POST decides a case: it tells who else has it, instead of deciding beside a colleague."""

    @wraps(view)
    def guarded(self: WalledAdmin[Any], request: HttpRequest, pk: UUID, *args: str, **kwargs: str) -> HttpResponse:
        try:
            return view(self, request, pk, *args, **kwargs)
        except casework.HeldByColleague as refusal:
            return _held_page(self, request, pk, refusal)

    return guarded


def take(request: HttpRequest, application: Application) -> None:
    """For who decides now; over from a colleague if that was said. Raises HeldByColleague, which `decides`
    answers."""
    casework.take(application=application, user=user_of(request), over="take_over" in request.POST)


def take_mail(request: HttpRequest, mail: Mail) -> None:
    """The same for a mail that belongs to no case."""
    casework.take_mail(mail=mail, user=user_of(request), over="take_over" in request.POST)


def taken(take: Callable[[], object]) -> HttpResponse:
    """The answer to the post by which an opened page takes what one may decide on; it says who else has it."""
    try:
        take()
    except casework.HeldByColleague as refusal:
        return JsonResponse({"holder": str(refusal.holder)}, status=409)
    return HttpResponse(status=204)


def _held_page(
    page: WalledAdmin[Any], request: HttpRequest, pk: UUID, refusal: casework.HeldByColleague
) -> HttpResponse:
    """Nothing was decided and nothing that was typed is lost: it goes on from here, taken over."""
    context = {
        **page.admin_site.each_context(request),
        "title": f"{refusal.what.capitalize()} bir başkası bakıyor",
        "refusal": refusal,
        "row": get_object_or_404(page.get_queryset(request), pk=pk),
        "act": _act(request),
        "typed": _typed(request),
        "is_written": any(request.POST.get(name, "").strip() for name in request.POST if name not in UNWRITTEN),
        "with_files": bool(request.FILES),
        "back_url": page.url(pk),
        "list_url": page.url(),
        "opts": page.opts,
    }
    return render(request, "admin/onboarding/application/held.html", context, status=409)


def _act(request: HttpRequest) -> str:
    """What was pressed, where it is the button of a move or asks for corrections."""
    key, _colon, name = request.POST.get("move", "").partition(":")
    moves = BY_KEY[key].moves if key in BY_KEY else ()
    asks = request.resolver_match is not None and request.resolver_match.url_name == ASKS
    labels = (staff_moves.label(key, row) for row in moves if row.name == name)
    return next(labels, "Düzeltmeleri iste" if asks else "")


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the post brought, to be sent once more as it is."""
    own = {*CARRIED, "take_over"}
    return [(name, value) for name, values in request.POST.lists() if name not in own for value in values]
