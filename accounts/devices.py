"""Browsers that have signed in as somebody before: a signed cookie says so, nothing is kept here.

Whoever tries passwords has no such cookie, so the owner's browser is counted apart and nobody else can shut it out
(OWASP, Slow Down Online Guessing Attacks with Device Cookies).
"""

from secrets import token_urlsafe

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tenancy.models import User

SALT = "accounts.devices"
KEPT = 390 * 24 * 3600  # seconds; browsers keep no cookie longer than 400 days
PEOPLE = 8  # who share one browser


def known(request: HttpRequest, user: User | None) -> str:
    """Under which name this browser's tries as `user` are counted; empty when it never was signed in so."""
    return "" if user is None else _people(request).get(str(user.pk), "")


def remember(response: HttpResponseBase, request: HttpRequest, user: User) -> None:
    people = _people(request)
    name = people.pop(str(user.pk), "") or token_urlsafe(12)
    people = {**dict(list(people.items())[1 - PEOPLE :]), str(user.pk): name}
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(people, salt=SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _people(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return {}
    return dict(found)
