from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from tenancy import kept_posts
from tenancy.access import membership_of, memberships_of
from tenancy.models import Membership, User
from tenancy.requests import by_a_page
from wall.crossings import Crossing
from wall.standing import Standing, behind

# Pages that find out who somebody is, by the names of their URLs: all of django-allauth's, and the admin's own.
DOORS = ("account_", "mfa_", "usersessions_", "socialaccount_")
ADMIN = "admin"


class RequestStanding:
    """Where a request stands: as visitor, as the person of its session, in that person's company, as staff.

    Whatever is not known yet is nobody's, and nothing here looks it up.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.company: UUID | None = None
        self.partner: int | None = None
        self.crossing: Crossing | None = None
        self.staff: User | None = None

    def __call__(self) -> Standing:
        # A person who logs in, or out, in the middle of a request goes on as who that is now.
        known = getattr(getattr(self.request, "session", None), "_session_cache", {}).get(SESSION_KEY)
        person = int(known) if known else None
        staff = self.staff
        if staff is not None and staff.pk == person:
            everything = staff.is_superuser and staff.partner_id is None
            return Standing("staff", person, partner=staff.partner_id, everything=everything)
        return Standing("web", person, company=self.company, partner=self.partner, crossing=self.crossing)


class WallMiddleware:
    """The second wall around a request. It stands before everything that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.standing = standing = RequestStanding(request)  # type: ignore[attr-defined]
        with behind(standing):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: object) -> None:
        standing: RequestStanding = request.standing  # type: ignore[attr-defined]
        match = request.resolver_match
        if match is None:
            return
        if ADMIN in match.app_names and match.url_name != "login":
            user: Any = request.user
            # Evaluated here: whether somebody is staff is asked for by every page of the admin.
            standing.staff = user if user.is_active and user.is_staff else None
        elif (match.url_name or "").startswith(DOORS) or ADMIN in match.app_names:
            standing.crossing = Crossing.DOOR


class CompanyMiddleware:
    """Gives every request its `memberships`, and of the one that is worked for `membership` and `company`: the one
    wall between tenants starts here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def membership() -> Membership | None:
            found = membership_of(request, request.memberships)  # type: ignore[attr-defined]
            if found is not None:
                standing: RequestStanding = request.standing  # type: ignore[attr-defined]
                standing.company, standing.partner = found.company_id, found.company.partner_id
            return found

        request.memberships = SimpleLazyObject(lambda: memberships_of(request))  # type: ignore[attr-defined]
        request.membership = SimpleLazyObject(membership)  # type: ignore[attr-defined]
        request.company = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: request.membership.company if request.membership else None  # type: ignore[attr-defined]
        )
        return self.get_response(request)


class KeptPostsMiddleware:
    """What is sent after the session has ended is kept until the log-in, and put back. Not of the admin's pages,
    where people work with what is other people's, and not of the account's, which ask for passwords."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        match = request.resolver_match
        if match is None or ADMIN in match.app_names or (match.url_name or "").startswith(DOORS):
            return answer
        leads_in = answer.status_code == 302 and answer["Location"].startswith(f"{reverse(settings.LOGIN_URL)}?")
        if request.method == "POST" and leads_in and not by_a_page(request):
            kept_posts.keep(request, answer)
        elif settings.TYPED_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            kept_posts.give_back(request, answer)
        return answer
