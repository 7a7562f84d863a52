"""Who may read details: whoever has HEALTH_TOKEN (RFC 6750, 2.1)."""

from enum import Enum

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare


class Reader(Enum):
    STRANGER = "stranger"
    REFUSED = "refused"
    KNOWN = "known"


def reader(authorization: str) -> Reader:
    """Who sends this header. Without a token in the settings nobody is known."""
    if not authorization:
        return Reader.STRANGER
    scheme, _space, given = authorization.partition(" ")
    right = constant_time_compare(given.strip(), settings.HEALTH_TOKEN)
    known = bool(settings.HEALTH_TOKEN) and scheme.lower() == "bearer" and right
    return Reader.KNOWN if known else Reader.REFUSED


def reader_of(request: HttpRequest) -> Reader:
    return reader(request.META.get("HTTP_AUTHORIZATION", ""))
