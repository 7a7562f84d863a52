"""Who may enter a company's screen. Portal views reach objects through `request.company` alone.

Somebody of several companies may have pages of two open in two tabs, and one session. So a page says for which
company it was shown: its forms in a field, which `csrf_token` brings (tenancy/templatetags/wall.py), and htmx in
a header (templates/base.html). What was shown for one company does nothing in another. A link of a letter names
its company in the address.
"""

from collections.abc import Callable, Sequence
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django_htmx.middleware import HtmxDetails

from tenancy import old_pages
from tenancy.models import Company, Membership, User
from tenancy.requests import by_itself, uuid
from tenancy.roles import Role

P = ParamSpec("P")
CHOSEN = "company"  # session key: the company that a member of several works for
SHOWN_FOR = "shown_for"  # the field of a form
SHOWN_FOR_HEADER = "X-Shown-For"
LINKED_FOR = "firma"  # in the address of a link that a letter carries


class CompanyRequest(HttpRequest):
    """A request that has passed the wall: somebody is signed in and works for a company."""

    user: User
    company: Company
    membership: Membership
    memberships: Sequence[Membership]
    htmx: HtmxDetails


def memberships_of(request: HttpRequest) -> list[Membership]:
    """The signed-in person's places, the oldest first; none for strangers."""
    if not request.user.is_authenticated:
        return []
    mine = Membership.objects.filter(user=request.user).select_related("company__partner__logo")
    # Pages name the logo and carry its size; the picture itself has a page of its own.
    return list(mine.defer("company__partner__logo__png").order_by("created_at", "pk"))


def membership_of(request: HttpRequest, mine: Sequence[Membership]) -> Membership | None:
    """The one of these places that is worked for: the chosen one, be it under a new name, else the oldest."""
    chosen = request.session.get(CHOSEN) if mine else None
    found = _place(mine, chosen) if chosen else None
    return found or next(iter(mine), None)


def _place(mine: Sequence[Membership], company: str) -> Membership | None:
    """The place in the company of this id, or in the one into which it was merged."""
    at = {str(each.company_id): each for each in mine}
    if company in at:
        return at[company]
    merged = Company.objects.filter(pk=uuid(company)).values_list("merged_into", flat=True).first()
    return at.get(str(merged))


def refused_as_anothers(request: HttpRequest) -> HttpResponse | None:
    """The answer to what was shown for another company than the one that is worked for now; None for the rest.

    As everywhere, what is of no company of the person's own is not found. A link from a letter changes nothing
    either: its page asks whether to go on for the company that the letter was about.
    """
    named = request.POST.get(SHOWN_FOR) or request.headers.get(SHOWN_FOR_HEADER, "")
    linked = not named and request.method == "GET"
    named = request.GET.get(LINKED_FOR, "") if linked else named
    now: Company | None = getattr(request, "company", None)  # lazy: a company that is none is not None itself
    if not named or (now and named == str(now.pk)):
        return None
    mine: Sequence[Membership] = getattr(request, "memberships", ())
    place = _place(mine, named)
    meant = place.company if place else None
    if linked and meant is not None and now and meant.pk == now.pk:
        # A letter of a company that has become this one.
        return None
    if request.headers.get("HX-Request"):
        if request.method == "POST":
            messages.error(request, "Bu sayfa başka bir firma için açılmıştı; yaptığınız kaydedilmedi.")
        return HttpResponse(status=409, headers={"HX-Refresh": "true"})
    page = {"meant": meant, "linked": request.get_full_path() if linked else ""}
    return render(request, "other_company.html", page, status=409 if meant else 404)


def for_company(path: str, company: Company) -> str:
    """The path as it stands in a letter about this company."""
    return f"{path}?{urlencode({LINKED_FOR: str(company.pk)})}"


def same_company(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For views that `member` does not guard and that write what belongs to the chosen company."""

    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return refused_as_anothers(request) or view(request, *args, **kwargs)

    return update_wrapper(inner, view)


def member(
    role: Role = Role.VIEWER, *, autosaved: bool = False
) -> Callable[
    [Callable[Concatenate[CompanyRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Lets in the members of a company that have at least this role.

    Strangers go to the log-in page, people without a company to the page that makes one, staff to their
    own pages; a weaker role gets 403. What a form sends by itself is taken where `autosaved` alone: everywhere
    else a post is what somebody meant by pressing a button. A post that finds nothing comes from an old page, and
    is told so.
    """

    def decorate(
        view: Callable[Concatenate[CompanyRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                if request.headers.get("HX-Request"):
                    # The session ended while the page was open: a log-in page has no place inside of it.
                    return HttpResponse(status=204, headers={"HX-Refresh": "true"})
                if by_itself(request):
                    return HttpResponse(status=401)
                return redirect_to_login(request.get_full_path())
            membership: Membership | None = getattr(request, "membership", None)
            if not membership:
                return redirect("admin:index" if request.user.is_staff else "team:company_new")
            if (refused := refused_as_anothers(request)) is not None:
                return refused
            if by_itself(request) and not autosaved:
                return HttpResponse(status=409)
            if not Role(membership.role).includes(role):
                raise PermissionDenied("Bu işlem için firmanızda daha geniş bir yetkiniz olmalı.")
            try:
                return view(request, *args, **kwargs)  # type: ignore[arg-type]
            except Http404 as gone:
                if request.method != "POST":
                    raise
                return old_pages.answer(request, gone)

        return update_wrapper(inner, view)

    return decorate
