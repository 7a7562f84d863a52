"""What a request's body is written in."""

import codecs
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string


class Utf8Middleware:
    """Refuses what says that it is written in anything but UTF-8 (URL Standard, 5.1: forms are).

    Python knows codecs that read no text (zlib) or fail half-way (idna), and Django reads the body once more while
    it makes the page that refuses it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.encoding:
            if codecs.lookup(request.encoding).name != "utf-8":
                return HttpResponseBadRequest(render_to_string("400.html"))
            request.encoding = "utf-8"  # which Django knows under no other name
        return self.get_response(request)
