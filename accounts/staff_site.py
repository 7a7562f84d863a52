"""The pages of staff without a log-in of their own: there is one door for everybody."""

from typing import Any

from allauth.account.views import logout
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


class StaffSite(AdminSite):
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Nothing is read of what is posted here but where to go afterwards."""
        after = request.POST.get("next") or request.GET.get("next") or ""
        if not url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure()):
            after = reverse("admin:index")
        if self.has_permission(request):
            return redirect(after)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(after)

    # Django's own answers are of a narrower type; whoever calls these passes the answer on.
    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        answer: HttpResponse = logout(request)
        return answer

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    password_change_done = password_change  # type: ignore[assignment]
