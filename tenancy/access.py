"""Who may enter a company's screen. Portal views reach objects through `request.company` alone."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django_htmx.middleware import HtmxDetails

from tenancy.models import Company, Membership, User
from tenancy.roles import Role

P = ParamSpec("P")
CHOSEN = "company"  # session key: the company that a member of several works for


class CompanyRequest(HttpRequest):
    """A request that has passed the wall: somebody is signed in and works for a company."""

    user: User
    company: Company
    membership: Membership
    htmx: HtmxDetails


def membership_of(request: HttpRequest) -> Membership | None:
    """The signed-in person's place in the company that is worked for; None for strangers and staff."""
    if not request.user.is_authenticated:
        return None
    memberships = Membership.objects.filter(user=request.user).select_related("company__partner")
    chosen = request.session.get(CHOSEN)
    found = memberships.filter(company_id=chosen).first() if chosen else None
    return found or memberships.order_by("created_at").first()


def member(
    role: Role = Role.VIEWER,
) -> Callable[
    [Callable[Concatenate[CompanyRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Lets in the members of a company that have at least this role.

    Strangers go to the log-in page, people without a company to the page that makes one, staff to their
    own pages; a weaker role gets 403.
    """

    def decorate(
        view: Callable[Concatenate[CompanyRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                if request.headers.get("HX-Request"):
                    # The session ended while the page was open: a log-in page has no place inside of it.
                    return HttpResponse(status=204, headers={"HX-Refresh": "true"})
                return redirect_to_login(request.get_full_path())
            membership: Membership | None = getattr(request, "membership", None)
            if not membership:
                return redirect("admin:index" if request.user.is_staff else "team:company_new")
            if not Role(membership.role).includes(role):
                raise PermissionDenied("Bu işlem için firmanızda daha geniş bir yetkiniz olmalı.")
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        return update_wrapper(inner, view)

    return decorate
