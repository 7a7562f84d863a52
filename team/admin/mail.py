"""A company's addresses for mail, and the mailboxes of partners."""

from datetime import datetime

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern

from correspondence.models import PartnerMailbox, TrackingAddress
from team import forwarding
from team.forms import PartnerMailboxForm
from tenancy.admin.base import ReadOnlyAdmin, WalledAdmin
from tenancy.admin.searching import FoundBy
from tenancy.admin.words import yes_or_no
from tenancy.requests import user_of, words


@admin.register(TrackingAddress)
class TrackingAddressAdmin(ReadOnlyAdmin[TrackingAddress]):
    """Companies' permanent addresses; one that has become known to strangers is changed here."""

    partner_path = "company__partner"
    list_display = ["__str__", "owner", "in_use", "given"]
    found_by = FoundBy(companies=("company",), whole=("token",))
    by_sealed = ("company__tax_number",)
    list_select_related = ["company"]
    change_form_template = "admin/correspondence/trackingaddress/change.html"

    @admin.display(description="firma", ordering="company__trade_name")
    def owner(self, address: TrackingAddress) -> str:
        return str(address.company)

    @admin.display(description="kullanımda")
    def in_use(self, address: TrackingAddress) -> str:
        return yes_or_no(address.retired_at is None)

    @admin.display(description="verildi", ordering="created_at")
    def given(self, address: TrackingAddress) -> datetime:
        return address.created_at

    def own_urls(self) -> list[URLPattern]:
        return [self.own("<int:pk>/degistir/", self.rotate_view, "rotate")]

    def rotate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        address = self.found(request, pk, "onboarding.record_answer")
        if address.retired_at is not None:
            raise Http404
        reason = words(request, "reason")[:400]
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
