from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from partners.parties import partner_for_host


class PartnerMiddleware:
    """Gives every request its `partner`, looked up only when a screen asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host()
        request.partner = SimpleLazyObject(lambda: partner_for_host(host))  # type: ignore[attr-defined]
        return self.get_response(request)
