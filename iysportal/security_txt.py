"""Where somebody who finds a weakness writes to (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control

# Less than a year ahead, as the RFC advises (2.5.5); made anew with each answer.
HOLDS = timedelta(days=180)


@cache_control(public=True, max_age=24 * 3600)
def security_txt(_request: HttpRequest) -> HttpResponse:
    until = (timezone.now() + HOLDS).replace(microsecond=0)
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until.isoformat()}",
        "Preferred-Languages: tr, en",
        f"Canonical: {settings.PORTAL_URL}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
