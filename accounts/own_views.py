"""The pages of django-allauth that do more here than there, and the list of sessions."""

import time
from typing import Any

from allauth.account import views
from allauth.account.internal.decorators import login_not_required
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
    EmailVerificationProcess,
)
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import devices, invited, sessions
from accounts.reauthentication import recently_authenticated
from limits.quotas import TooMany
from tenancy.requests import user_of


class PasswordResetFromKeyView(views.PasswordResetFromKeyView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        """Who holds the link holds the mailbox: this browser may sign in, however many others tried."""
        response: HttpResponse = super().form_valid(form)
        devices.remember(response, self.request, self.reset_user)
        return response


# As django-allauth counts them by default: a code for an address every so many seconds.
RESEND_GAP = 10


class ConfirmEmailVerificationCodeView(views.ConfirmEmailVerificationCodeView):  # type: ignore[misc]
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A code that was not typed in time is said to be so, and another is a click away: django-allauth forgets
        the sign-up and shows the log-in."""
        state = request.session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY)
        process = EmailVerificationProcess(request=request, state=state) if state else None
        if state and process is not None and not process.is_valid():
            if request.POST.get("action") != "resend" or not process.can_resend:
                context = {"email": invited.shown(request, process.email), "can_resend": process.can_resend}
                return render(request, "account/code_expired.html", context, status=410)
            # The old code stays void, also when no mail can be sent now.
            process.generate_code()
            state["at"], state["failed_attempts"] = time.time(), 0
            process.persist()
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        if process is not None and response.get("Location") == reverse("account_login"):
            messages.info(request, "Kaydınız yarıda kaldı. Şifrenizle giriş yapın, size yeni bir kod gönderelim.")
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent_at = self._process.state.get("sent_at", self._process.state["at"])
        wait = max(0, round(RESEND_GAP - (time.time() - sent_at)))
        context = super().get_context_data(**kwargs)
        return {**context, "email": invited.shown(self.request, context["email"]), "resend_in": wait}

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """Who presses again at once stays on the page, where the code that is on its way will be typed."""
        state = self._process.state
        code = state["code"]
        try:
            response: HttpResponse = super()._resend_form_valid(form)
        except (ImmediateHttpResponse, TooMany):
            state["code"] = code
            messages.error(self.request, "Kodu az önce gönderdik. Birkaç saniye bekleyip yeniden deneyin.")
            response = redirect(self.request.get_full_path())
        else:
            # Another code has its own time.
            state["at"] = state["sent_at"] = time.time()
            self._process.persist()
        return response


class ReauthenticateWebAuthnView(webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    def form_invalid(self, form: Any) -> HttpResponse:
        """Another try, or another way, is on the same page."""
        super().form_invalid(form)
        return redirect(self.passthrough_next_url(self.request.path))


email_verification_sent = login_not_required(ConfirmEmailVerificationCodeView.as_view())
reauthenticate_webauthn = ReauthenticateWebAuthnView.as_view()
password_reset_from_key = PasswordResetFromKeyView.as_view()
password_set = recently_authenticated(views.password_set)


@login_required
def remove_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has no password keeps the last key: the account would have no way in, and nothing to be asked for."""
    user = user_of(request)
    keys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    if not user.has_usable_password() and keys.exclude(pk=pk).count() == 0 and keys.exists():
        messages.error(request, "Hesabınıza yalnızca bu anahtarla girebiliyorsunuz. Önce bir şifre belirleyin.")
        return redirect("account_set_password")
    response: HttpResponse = webauthn.remove_webauthn(request, pk=pk)
    return response


@login_required
@recently_authenticated
def session_list(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if request.method == "POST":
        ended = sessions.end_others(user, request)
        messages.success(request, "Diğer oturumlar kapatıldı." if ended else "Başka açık oturum yoktu.")
        return redirect("usersessions_list")
    found = sessions.of(user, request)
    context = {"sessions": found, "session_count": len(found), "show_last_seen_at": True}
    return render(request, "usersessions/usersession_list.html", context)
