from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from tenancy.access import membership_of, memberships_of


class CompanyMiddleware:
    """Gives every request its `memberships`, and of the one that is worked for `membership` and `company`: the one
    wall between tenants starts here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.memberships = SimpleLazyObject(lambda: memberships_of(request))  # type: ignore[attr-defined]
        request.membership = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: membership_of(request, request.memberships)  # type: ignore[attr-defined]
        )
        request.company = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: request.membership.company if request.membership else None  # type: ignore[attr-defined]
        )
        return self.get_response(request)
