from django.contrib import admin
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from journal.parties import Party
from onboarding.models import Attention, QueueItem
from onboarding.steps.code_receipt import CodeReceipt
from tenancy.admin.base import ReadOnlyAdmin


@admin.register(QueueItem)
class QueueAdmin(ReadOnlyAdmin[QueueItem]):
    """What waits for staff, and what asks them to look whoever's turn it is; the longest waiting first."""

    partner_path = "application__company__partner"
    list_display = ["reference", "company", "step", "state_label", "waiting", "mark"]
    list_display_links = None
    list_filter = ["step", "held"]
    search_fields = ["application__reference", "application__company__trade_name"]
    ordering = ["since"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[QueueItem]:
        waiting = super().get_queryset(request).filter(Q(turn=Party.STAFF) | Q(flagged_at__isnull=False))
        return waiting.select_related("application__company").prefetch_related(
            Prefetch("attentions", Attention.objects.open(), to_attr="marks")
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: object = None
    ) -> HttpResponse:
        return redirect("admin:onboarding_application_change", self.get_object(request, object_id).application_id)

    @admin.display(description="başvuru", ordering="application__reference")
    def reference(self, item: QueueItem) -> SafeString:
        url = reverse("admin:onboarding_application_change", args=[item.application_id])
        return format_html('<a href="{}">{}</a>', url, item.application.reference)

    @admin.display(description="firma", ordering="application__company__trade_name")
    def company(self, item: QueueItem) -> str:
        return item.application.company.trade_name

    @admin.display(description="durum")
    def state_label(self, item: QueueItem) -> str:
        asked = item.state == CodeReceipt.DIFFERENCES and item.reason
        return f"{item.support_label}: {item.reason}" if asked else item.support_label

    @admin.display(description="dikkat")
    def mark(self, item: QueueItem) -> str:
        marks: list[Attention] = getattr(item, "marks", [])
        return " · ".join(f"{mark.get_kind_display()}: {mark.text}" for mark in marks)

    @admin.display(description="bekliyor", ordering="since")
    def waiting(self, item: QueueItem) -> str:
        days = item.waited(timezone.now())
        return f"{days} gün" if days else "bugün"
