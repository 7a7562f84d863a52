"""What a request's body is written in: UTF-8 (URL Standard, 5.1: forms are).

Python knows codecs that read no text (zlib) or fail half-way (idna), and Django reads the body once more while it
makes the page that refuses it.
"""

import codecs
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string
from django.utils.http import parse_header_parameters

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


def _is_in_another_writing(content_type: str) -> bool:
    """A name that no codec has counts as nothing said, as it does for Django."""
    said = parse_header_parameters(content_type)[1].get("charset", "utf-8")
    try:
        return codecs.lookup(said).name != "utf-8"
    except LookupError:
        return False


def address_in_utf8(application: "WSGIApplication") -> "WSGIApplication":
    """Django reads the address, too, by the codec of the body, before any middleware: it gets none to read so."""

    def answered(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if _is_in_another_writing(environ.get("CONTENT_TYPE", "")):
            environ["QUERY_STRING"] = ""
        return application(environ, start_response)

    return answered


class Utf8Middleware:
    """Refuses what says that it is written in anything but UTF-8."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_in_another_writing(request.META.get("CONTENT_TYPE", "")):
            return HttpResponseBadRequest(render_to_string("400.html"))
        if request.encoding:
            request.encoding = "utf-8"  # which Django knows under no other name
        return self.get_response(request)
