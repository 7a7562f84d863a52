import re
from collections.abc import Callable
from contextlib import ExitStack
from json import dumps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from tenancy import kept_posts
from tenancy.access import membership_of, memberships_of
from tenancy.looking import AS_EVER, LOOK, current, refusal, seen_as
from tenancy.models import CompanyLook, Membership, User
from tenancy.requests import by_a_page
from tenancy.walls import standing_of
from wall.crossings import Crossing
from wall.standing import Standing, behind

# Pages that find out who somebody is, by the names of their URLs: all of django-allauth's, and the admin's own.
DOORS = ("account_", "mfa_", "usersessions_", "socialaccount_")
ADMIN = "admin"
BESIDE_ADMIN = frozenset({"support_guide"})  # pages of support's own that the admin does not list
# A statement that changes nothing, behind what the wall says first (wall/statements.py); a union begins with a
# bracket. RELEASE and ROLLBACK end savepoints, which pages have around what they read.
READS = re.compile(r"(?:SET LOCAL [^;]*; )*\(*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK)\b")


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
            return standing_of(staff)
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
        if _is_supports(request) and match.url_name != "login":
            user: Any = request.user
            # Evaluated here: whether somebody is staff is asked for by every page of the admin.
            standing.staff = user if user.is_active and user.is_staff else None
        elif (match.url_name or "").startswith(DOORS) or _is_supports(request):
            standing.crossing = Crossing.DOOR


class CompanyMiddleware:
    """Gives every request its `memberships`, and of the one that is worked for `membership` and `company`: the one
    wall between tenants starts here.

    Who looks as a company (`look`) belongs to that company and to no other, on every page but support's own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def membership() -> Membership | None:
            found = membership_of(request, request.memberships)  # type: ignore[attr-defined]
            if found is not None:
                standing: RequestStanding = request.standing  # type: ignore[attr-defined]
                standing.company, standing.partner = found.company_id, found.company.partner_id
            return found

        def memberships() -> list[Membership]:
            # On support's pages nobody works for a company.
            if _is_supports(request):
                return []
            look: CompanyLook | None = request.look  # type: ignore[attr-defined]
            return [seen_as(look)] if look else memberships_of(request)

        def look() -> CompanyLook | None:
            return None if _is_supports(request) else current(request)

        request.look = SimpleLazyObject(look)  # type: ignore[attr-defined]
        request.memberships = SimpleLazyObject(memberships)  # type: ignore[attr-defined]
        request.membership = SimpleLazyObject(membership)  # type: ignore[attr-defined]
        request.company = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: request.membership.company if request.membership else None  # type: ignore[attr-defined]
        )
        return self.get_response(request)


def _is_supports(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and (ADMIN in match.app_names or match.url_name in BESIDE_ADMIN)


class WrittenWhileLooking(PermissionDenied):
    """A page tried to write while somebody looked at it as a company: it is closed then, not half done."""

    def __init__(self) -> None:
        super().__init__("Bu sayfa firmanın gözünden bakarken kapalıdır.")


def _only_reads(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
    if not READS.match(str(sql)):
        raise WrittenWhileLooking
    return execute(sql, params, many, context)


class LookMiddleware:
    """The one place that holds a look read-only: no request that may change something gets to a view, and what a
    view would write all the same is refused before it comes to the database. Stands next to the views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as held:
            request.held = held  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or _is_supports(request) or match.view_name in AS_EVER:
            return None
        if not request.user.is_authenticated or LOOK not in request.session:
            return None
        if not request.look:  # type: ignore[attr-defined]
            return self._over(request)
        request.held.enter_context(connection.execute_wrapper(_only_reads))  # type: ignore[attr-defined]
        refused = refusal(match.view_name, request.method or "")
        if refused is None:
            return None
        if by_a_page(request):
            return HttpResponse(status=403, headers={"HX-Trigger": dumps({"refused": refused.sentence})})
        return render(request, "looking.html", {"refused": refused}, status=403)

    def _over(self, request: HttpRequest) -> HttpResponse:
        """Nothing that was pressed in a page of the look does anything once it has ended, not for the person's own
        company either."""
        del request.session[LOOK]
        if by_a_page(request):
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        messages.info(request, "Firmanın gözünden bakış sona erdi.")
        return redirect("admin:index")


class KeptPostsMiddleware:
    """What is sent after the session has ended is kept until the log-in, and put back. Not of the admin's pages,
    where people work with what is other people's, and not of the account's, which ask for passwords."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        match = request.resolver_match
        if match is None or _is_supports(request) or (match.url_name or "").startswith(DOORS):
            return answer
        leads_in = answer.status_code == 302 and answer["Location"].startswith(f"{reverse(settings.LOGIN_URL)}?")
        if request.method == "POST" and leads_in and not by_a_page(request):
            kept_posts.keep(request, answer)
        elif settings.TYPED_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            kept_posts.give_back(request, answer)
        return answer
