"""Whoever holds a session alone changes nothing that matters: the password, or a second factor, is asked anew."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY, did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.httpkit import serialize_request
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode

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
