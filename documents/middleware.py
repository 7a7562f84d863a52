"""How long a page may wait for the files that came with it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from confinement import budget


class FilesInTimeMiddleware:
    """All that one request has done to files ends within UPLOAD_SECONDS, with a sentence for whoever waits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with budget.within(settings.UPLOAD_SECONDS):
            return self.get_response(request)
