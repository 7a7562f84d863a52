from datetime import datetime

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern

from correspondence.models import PartnerMailbox, TrackingAddress
from team import forwarding
from team.forms import PartnerMailboxForm
from team.joining import settle
from tenancy.admin.base import ReadOnlyAdmin, WalledAdmin
from tenancy.models import JoinRequest
from tenancy.requests import user_of
from tenancy.roles import Role


@admin.register(JoinRequest)
class JoinRequestAdmin(ReadOnlyAdmin[JoinRequest]):
    """People who signed up with a tax number that was here already."""

    partner_path = "company__partner"
    list_display = ["user", "company", "trade_name", "created_at", "settled_at"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "company"]
    actions = ["let_in", "refuse"]

    @admin.action(description="Seçilenleri düzenleyen olarak firmaya al")
    def let_in(self, request: HttpRequest, requests: QuerySet[JoinRequest]) -> None:
        self._settle(request, requests, Role.EDITOR)

    @admin.action(description="Seçilenleri geri çevir")
    def refuse(self, request: HttpRequest, requests: QuerySet[JoinRequest]) -> None:
        self._settle(request, requests, None)

    def _settle(self, request: HttpRequest, requests: QuerySet[JoinRequest], role: Role | None) -> None:
        if not request.user.has_perm("onboarding.review_application"):
            messages.error(request, "Bunun için inceleme yetkisi gerekiyor.")
            return
        settled = sum(settle(request=each, role=role, by=user_of(request)) for each in requests)
        messages.success(request, f"{settled} istek sonuçlandı; kişilere e-postayla bildirildi.")


@admin.register(TrackingAddress)
class TrackingAddressAdmin(ReadOnlyAdmin[TrackingAddress]):
    """Companies' permanent addresses; one that has become known to strangers is changed here."""

    partner_path = "company__partner"
    list_display = ["email", "owner", "in_use", "given"]
    search_fields = ["company__trade_name", "company__tax_number", "token"]
    by_sealed = ("company__tax_number",)
    list_select_related = ["company"]
    show_full_result_count = False
    change_form_template = "admin/correspondence/trackingaddress/change.html"

    @admin.display(description="firma", ordering="company__trade_name")
    def owner(self, address: TrackingAddress) -> str:
        return str(address.company)

    @admin.display(description="kullanımda", boolean=True)
    def in_use(self, address: TrackingAddress) -> bool:
        return address.retired_at is None

    @admin.display(description="verildi", ordering="created_at")
    def given(self, address: TrackingAddress) -> datetime:
        return address.created_at

    def own_urls(self) -> list[URLPattern]:
        return [self.own("<int:pk>/degistir/", self.rotate_view, "rotate")]

    def rotate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        address = self.found(request, pk, "onboarding.record_answer")
        if address.retired_at is not None:
            raise Http404
        reason = request.POST.get("reason", "").strip()[:400]
        if request.method != "POST":
            return self.back(pk)
        if not reason:
            messages.error(request, "Adresin neden değiştiğini yazın.")
            return self.back(pk)
        fresh = forwarding.change_address(company=address.company, reason=reason, by=user_of(request))
        messages.success(request, f"Yeni takip adresi: {fresh.email}. Firmaya bildirildi.")
        return self.back(fresh.pk)


@admin.register(PartnerMailbox)
class PartnerMailboxAdmin(WalledAdmin[PartnerMailbox]):
    """The mailboxes that partners have read besides the tracking mailbox."""

    partner_path = "partner"
    list_display = ["partner", "place"]
    form = PartnerMailboxForm

    @admin.display(description="posta kutusu")
    def place(self, mailbox: PartnerMailbox) -> str:
        return mailbox.place
