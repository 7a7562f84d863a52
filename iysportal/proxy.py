"""Who really asks, when the portal stands behind proxies of its own."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ClientAddressMiddleware:
    """Puts the visitor's address into REMOTE_ADDR, where rate limits, the lock-out and declarations read it.

    Each of PROXY_COUNT proxies appends the address that it was asked from to X-Forwarded-For; what stands before
    those was written by the visitor and is worth nothing. Without a proxy the header is not looked at.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PROXY_COUNT:
            address = forwarded_address(request.META.get("HTTP_X_FORWARDED_FOR", ""), settings.PROXY_COUNT)
            request.META["REMOTE_ADDR"] = address or request.META.get("REMOTE_ADDR", "")
        return self.get_response(request)


def forwarded_address(header: str, proxies: int) -> str:
    """The address that the outermost of our proxies saw; empty when the header does not say."""
    hops = [hop.strip() for hop in header.split(",")]
    if len(hops) < proxies:
        return ""
    try:
        return str(ipaddress.ip_address(hops[-proxies]))
    except ValueError:
        return ""
