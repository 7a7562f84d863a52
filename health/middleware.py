"""Where probes are answered: before host names, https, sessions and walls are asked for.

A load balancer asks each process by its address and over plain HTTP; the answer must not hang on ALLOWED_HOSTS,
and names no host. Whatever is away, this has to answer.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from health.probes import healthz, metrics, readyz
from telemetry.middleware import HEALTHZ, METRICS, READYZ

PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    HEALTHZ: healthz,
    READYZ: readyz,
    METRICS: metrics,
}


class HealthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        answer = probe(request)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        if request.method == "HEAD":
            answer.content = b""
        return answer
