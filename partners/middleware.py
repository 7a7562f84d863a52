from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from partners.models import Partner
from partners.parties import partner_for_host


class PartnerMiddleware:
    """Gives every request its `partner`, looked up only when a screen asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host()

        def met() -> Partner | None:
            partner = partner_for_host(host)
            standing = request.standing  # type: ignore[attr-defined]
            if partner is not None and standing.partner is None:
                # Who belongs to no company stands where this partner's name is.
                standing.partner = partner.pk
            return partner

        request.partner = SimpleLazyObject(met)  # type: ignore[attr-defined]
        return self.get_response(request)
