"""URLs that take posts alone, and where somebody is led who only looks at one.

After a refused post the address bar holds its URL. A page that is loaded anew or restored opens it by GET.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


def posted_from(
    page: str,
) -> Callable[[Callable[Concatenate[R, P], HttpResponseBase]], Callable[Concatenate[R, P], HttpResponseBase]]:
    """In the place of Django's `require_POST`: a GET leads to the page of URL name `page`, whose form it is."""

    def decorate(
        view: Callable[Concatenate[R, P], HttpResponseBase],
    ) -> Callable[Concatenate[R, P], HttpResponseBase]:
        def inner(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method in ("GET", "HEAD"):
                return redirect(page)
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            return view(request, *args, **kwargs)

        return update_wrapper(inner, view)

    return decorate
