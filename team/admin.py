from datetime import datetime
from typing import cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from correspondence.models import PartnerMailbox, TrackingAddress
from team import forwarding
from team.forms import PartnerMailboxForm
from team.joining import settle
from tenancy.models import JoinRequest, User
from tenancy.roles import Role
from tenancy.walls import ReadOnlyAdmin, of_partner


@admin.register(JoinRequest)
class JoinRequestAdmin(ReadOnlyAdmin[JoinRequest]):
    """People who signed up with a tax number that was here already."""

    list_display = ["user", "company", "trade_name", "created_at", "settled_at"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "company"]
    actions = ["let_in", "refuse"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[JoinRequest]:
        return of_partner(request, super().get_queryset(request), "company")

    @admin.action(description=_("Seçilenleri düzenleyen olarak firmaya al"))
    def let_in(self, request: HttpRequest, requests: QuerySet[JoinRequest]) -> None:
        self._settle(request, requests, Role.EDITOR)

    @admin.action(description=_("Seçilenleri geri çevir"))
    def refuse(self, request: HttpRequest, requests: QuerySet[JoinRequest]) -> None:
        self._settle(request, requests, None)

    def _settle(self, request: HttpRequest, requests: QuerySet[JoinRequest], role: Role | None) -> None:
        if not request.user.has_perm("onboarding.review_application"):
            messages.error(request, _("Bunun için inceleme yetkisi gerekiyor."))
            return
        settled = sum(settle(request=each, role=role, by=cast(User, request.user)) for each in requests)
        messages.success(request, _("%(n)d istek sonuçlandı; kişilere e-postayla bildirildi.") % {"n": settled})


@admin.register(TrackingAddress)
class TrackingAddressAdmin(ReadOnlyAdmin[TrackingAddress]):
    """Companies' permanent addresses; one that has become known to strangers is changed here."""

    list_display = ["email", "owner", "in_use", "given"]
    search_fields = ["company__trade_name", "company__tax_number", "token"]
    list_select_related = ["company"]
    show_full_result_count = False
    change_form_template = "admin/correspondence/trackingaddress/change.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[TrackingAddress]:
        return of_partner(request, super().get_queryset(request), "company")

    @admin.display(description=_("firma"), ordering="company__trade_name")
    def owner(self, address: TrackingAddress) -> str:
        return str(address.company)

    @admin.display(description=_("kullanımda"), boolean=True)
    def in_use(self, address: TrackingAddress) -> bool:
        return address.retired_at is None

    @admin.display(description=_("verildi"), ordering="created_at")
    def given(self, address: TrackingAddress) -> datetime:
        return address.created_at

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.rotate_view)
        return [path("<int:pk>/degistir/", view, name="correspondence_address_rotate"), *super().get_urls()]

    def rotate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("onboarding.record_answer"):
            raise PermissionDenied
        address = get_object_or_404(self.get_queryset(request).filter(retired_at=None), pk=pk)
        reason = request.POST.get("reason", "").strip()[:400]
        here = redirect("admin:correspondence_trackingaddress_change", pk)
        if request.method != "POST":
            return here
        if not reason:
            messages.error(request, _("Adresin neden değiştiğini yazın."))
            return here
        fresh = forwarding.change_address(company=address.company, reason=reason, by=cast(User, request.user))
        messages.success(request, f"Yeni takip adresi: {fresh.email}. Firmaya bildirildi.")
        return redirect("admin:correspondence_trackingaddress_change", fresh.pk)


@admin.register(PartnerMailbox)
class PartnerMailboxAdmin(admin.ModelAdmin[PartnerMailbox]):
    """The mailboxes that partners have read besides the tracking mailbox."""

    list_display = ["partner", "place"]
    form = PartnerMailboxForm

    @admin.display(description=_("posta kutusu"))
    def place(self, mailbox: PartnerMailbox) -> str:
        return mailbox.place
