"""“Hesabım”: what a person has to do with the own account, on one page."""

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import csrf

from accounts import sessions
from accounts.signup import NameForm
from tenancy.requests import user_of


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = NameForm(request.POST or None, initial={"full_name": user.full_name})
    if request.method == "POST" and form.is_valid():
        user.full_name = form.cleaned_data["full_name"]
        user.save(update_fields=["full_name"])
        messages.success(request, "Adınız kaydedildi.")
        return redirect("accounts:mine")
    context = {
        "form": form,
        "sessions": sessions.of(user, request),
        "memberships": user.memberships.select_related("company").order_by("created_at"),
    }
    return render(request, "accounts/mine.html", context, status=422 if form.errors else 200)


def form_is_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form that was shown before the log-in. Who types the code of the mail after another tab has answered
    it is where it leads already."""
    is_verified = request.user.is_authenticated and EMAIL_VERIFICATION_CODE_SESSION_KEY not in request.session
    if is_verified and request.path == reverse("account_email_verification_sent"):
        return redirect(settings.LOGIN_REDIRECT_URL)
    return csrf.csrf_failure(request, reason)
