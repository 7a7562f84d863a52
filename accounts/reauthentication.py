"""Whoever holds a session alone changes nothing that matters: the password, or a second factor, is asked anew."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY, did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.httpkit import serialize_request
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode

SHOWN_NEXT = "shown_next"  # session key: a page that waits for its own address to be opened
SHOWN_WITHIN = 60  # seconds
P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


def recently_authenticated(
    view: Callable[Concatenate[R, P], HttpResponseBase],
) -> Callable[Concatenate[R, P], HttpResponseBase]:
    """For views that change something that matters; looking is free.

    Who has not proved within ACCOUNT_REAUTHENTICATION_TIMEOUT who it is does so first; then what was sent goes on
    as if nothing had been asked. Files do not: such a form needs another way.
    """

    @wraps(view)
    def inner(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        changes = request.method not in ("GET", "HEAD", "OPTIONS")
        if changes and request.user.is_authenticated and not did_recently_reauthenticate(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return inner


def ask(request: HttpRequest, *, back: str = "") -> HttpResponse:
    """Leads to where the password is asked. What was sent waits in the session, in the place of anything older.

    With `back` it does not, and the person comes to that page: for what is answered with a file, which would leave
    the page that asks where it is.
    """
    request.session.pop(STATE_SESSION_KEY, None)
    path = back or request.get_full_path()
    if request.method == "POST" and not back:
        request.session[STATE_SESSION_KEY] = {"request": serialize_request(request)}
        # django-allauth goes on with it only under the bare path; what stood behind the ? comes with the request.
        path = request.path
    methods = get_adapter().get_reauthentication_methods(request.user)
    return redirect(f"{methods[0]['url']}?{urlencode({'next': path})}")


def to_its_address(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """Leads to where the answer to what had waited for the password belongs.

    django-allauth answers it under the address where the password was asked. A button of that page, of a form that
    was refused or of one that asks once more, would be sent there, too, and what was typed would be lost. So the
    page waits in the session for the one look to which this leads: nothing is done a second time.
    """
    if not isinstance(answer, HttpResponse) or answer.has_header("Location"):
        return answer
    if not answer.get("Content-Type", "").startswith("text/html"):
        return answer
    path = request.get_full_path()
    request.session[SHOWN_NEXT] = {
        "path": path,
        "page": answer.content.decode(),
        "status": answer.status_code,
        "at": time.time(),
    }
    return HttpResponseRedirect(path)


def shown_once(request: HttpRequest) -> HttpResponse | None:
    """The page that waits for this address (`to_its_address`); None when there is none."""
    waits = request.session.get(SHOWN_NEXT)
    if waits is None or request.method != "GET" or request.get_full_path() != waits["path"]:
        return None
    del request.session[SHOWN_NEXT]
    if time.time() - waits["at"] > SHOWN_WITHIN:
        return None
    return HttpResponse(waits["page"], status=waits["status"])
