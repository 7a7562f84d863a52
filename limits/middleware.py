from collections.abc import Callable
from json import dumps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from limits.quotas import TooMany


class QuotaMiddleware:
    """Where no form tells that a quota is used up, a page does: status 429, and when it goes on (RFC 6585, 4).

    For htmx the page stays as it is; static/js/portal.js shows the sentence (event `refused`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TooMany):
            return None
        if request.headers.get("HX-Request"):
            answer = HttpResponse(status=429, headers={"HX-Trigger": dumps({"refused": str(exception)})})
        else:
            answer = render(request, "429.html", {"refusal": exception}, status=429)
        if exception.until is not None:
            answer["Retry-After"] = str(max(1, round((exception.until - timezone.now()).total_seconds())))
        return answer
