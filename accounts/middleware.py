from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from accounts import reauthentication, second_factor, sessions
from tenancy.models import User

WITHOUT_SESSION = {"colour", "logo"}  # pictures, the same for all
# What staff may open while the second factor is missing: its set-up, the proof that it asks for, the way out.
OPEN = WITHOUT_SESSION | {
    "account_reauthenticate",
    "account_email",
    "account_email_verification_sent",
    "account_logout",
    "admin:logout",
}
MISSING = "Destek ekibi için ikinci adım zorunludur. Devam etmek için bir doğrulama yöntemi kurun."


class AccountsMiddleware:
    """Notes the session, leads staff to set up the missing second factor, asks for the password again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path
        answer = self.get_response(request)
        if request.path != path:
            # django-allauth has gone on with what had waited for the password.
            answer = reauthentication.to_its_address(request, answer)
        if request.session.accessed:
            sessions.note(request)
        return answer

    def process_view(self, request: HttpRequest, _view: object, _args: Any, _kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name not in WITHOUT_SESSION and (page := reauthentication.shown_once(request)):
            return page
        if name in OPEN or name.startswith("mfa_"):
            return None
        if not isinstance(request.user, User) or not second_factor.overdue(request.user):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("mfa_index")})
        messages.warning(request, MISSING)
        return redirect("mfa_index")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ReauthenticationRequired):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return reauthentication.ask(request)
