"""What of a request hangs on files: how long it may wait for them, and what it says when they cannot be had."""

from collections.abc import Callable
from json import dumps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from confinement import budget
from documents.encrypted import StoreAway

AWAY = "Belgelere şu anda ulaşılamıyor. Yazdıklarınız bu sayfada duruyor; birkaç dakika sonra yeniden deneyin."
AGAIN = 60  # seconds


class FilesInTimeMiddleware:
    """All that one request has done to files ends within UPLOAD_SECONDS, with a sentence for whoever waits.

    Where the store does not answer, a page says so: status 503 (RFC 9110, 15.6.4). For htmx the page stays as it
    is; static/js/portal.js shows the sentence (event `refused`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with budget.within(settings.UPLOAD_SECONDS):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, StoreAway):
            return None
        if request.headers.get("HX-Request"):
            answer = HttpResponse(status=503, headers={"HX-Trigger": dumps({"refused": AWAY})})
        else:
            answer = render(request, "503.html", status=503)
        answer["Retry-After"] = str(AGAIN)
        return answer
