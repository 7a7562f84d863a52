"""The pages of staff: no log-in of their own, since there is one door for all; and no page without a wall."""

from collections.abc import Iterable
from typing import Any

from allauth.account.views import logout
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils.http import url_has_allowed_host_and_scheme


class StaffSite(AdminSite):
    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        """What a library registers knows no partners, so it is for who runs the portal alone."""
        # Not above: this site is made while the first page registers itself, which `base` may be in the middle of.
        from tenancy.admin.base import OperationsAdmin, UnwalledAdmin, WalledAdmin

        given = admin_class or ModelAdmin
        if not issubclass(given, WalledAdmin | OperationsAdmin):
            given = type(f"Unwalled{given.__name__}", (UnwalledAdmin, given), {})
        super().register(model_or_iterable, given, **options)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without the way from a row to “its page on the site”: no row has one, and it knows no wall."""
        return [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]

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
