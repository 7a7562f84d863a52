"""One line for each request, and an id by which all lines that it causes are found."""

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from telemetry import timings
from telemetry.bound import bound

logger = logging.getLogger("access")
HEADER = "X-Request-ID"
SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
# Asked every few seconds by machines: only what goes wrong is a line, and nobody waits for them as for a page.
PROBES = HEALTHZ, READYZ, METRICS = "/healthz", "/readyz", "/metrics"


def request_id(request: HttpRequest) -> str:
    """A proxy's of our own, so that its lines and ours are found together; else a new one."""
    given = request.headers.get(HEADER, "") if settings.PROXY_COUNT else ""
    return given if SANE.fullmatch(given) else uuid4().hex


class RequestMiddleware:
    """Outermost: what it measures is all that the portal does for a request. The query of an address is not told,
    since people search for names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number, began = request_id(request), time.perf_counter()
        with bound(request=number):
            timings.count("requests", 1)
            try:
                answer = self.get_response(request)
            finally:
                timings.count("requests", -1)
            seconds = time.perf_counter() - began
            answer.headers[HEADER] = number
            match = request.resolver_match
            view = match.view_name if match else ""
            status = f"{answer.status_code // 100}xx"
            is_page = request.path_info not in PROBES
            if is_page:
                timings.observe(timings.REQUESTS, seconds, view=view or "none", status=status)
            if is_page or answer.status_code >= 500:
                told = {
                    "method": str(request.method)[:10],
                    "path": request.path_info[:200],
                    "status": answer.status_code,
                    "ms": round(seconds * 1000),
                    "view": view,
                }
                logger.info("%(method)s %(path)s %(status)s in %(ms)s ms", told, extra={"fields": told})
        return answer
