"""The list of what waits for support: whose each case is, why it waits, until when."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from journal.parties import Party
from onboarding.actions import support_note
from onboarding.admin.application import next_case
from onboarding.admin.saved_filters import SavedFilters
from onboarding.models import Attention, QueueItem, Remark
from onboarding.overview.queue import MARKED, Desk, Tab, arranged
from onboarding.steps.code_receipt import CodeReceipt
from onboarding.steps.pre_application import PreApplication
from tenancy.admin.paging import written
from tenancy.admin.searching import FoundBy
from tenancy.admin.walking import waits
from tenancy.requests import user_of

CORRECTED = "Firmanın düzeltmesi inceleme bekliyor"


class TabFilter(admin.SimpleListFilter):
    """Whose the case is, or how urgent; each with its number of cases among those that the other filters leave."""

    title = "Kimde"
    parameter_name = "kimde"
    template = "admin/onboarding/queueitem/_tabs.html"

    def __init__(
        self, request: HttpRequest, params: dict[str, list[str]], model: type[QueueItem], model_admin: Any
    ) -> None:
        # One view of the queue for the list, its tabs and its rows.
        self.desk = Desk.of(user_of(request))
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return Tab.listed()

    def queryset(self, request: HttpRequest, queryset: QuerySet[QueueItem]) -> QuerySet[QueueItem]:
        tab = self.value() or ""
        return queryset.filter(self.desk.where(tab if tab in Tab.values else ""))

    def choices(self, changelist: Any) -> Iterator[Any]:
        counts = changelist.counts
        numbers = [counts.all, *(counts.tabs[tab] for tab in Tab.values)]
        for choice, number in zip(super().choices(changelist), numbers, strict=True):
            yield {**choice, "number": written(number)}


class MarkedFilter(admin.SimpleListFilter):
    """What asks support to look."""

    title = "Dikkat işareti"
    parameter_name, _marked = MARKED

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(self._marked, "İşaretli")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[QueueItem]) -> QuerySet[QueueItem]:
        return queryset.filter(flagged_at__isnull=False) if self.value() == self._marked else queryset


@admin.register(QueueItem)
class QueueAdmin(SavedFilters[QueueItem]):
    """What waits for staff, and what asks them to look whoever's turn it is; the longest waiting first."""

    partner_path = "application__company__partner"
    list_display = ["case", "why", "waiting", "due_on", "holder"]
    list_display_links = None
    exported = ["reference", "firm", "why", "waiting", "due_on", "holder"]
    list_filter = [TabFilter, "step", "held", MarkedFilter]
    found_by = FoundBy(companies=("application__company",), application="application")
    ordering = ["since"]
    kept = (*next_case.FILTERS, "q", "o")
    change_list_template = "admin/onboarding/queueitem/queue.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[QueueItem]:
        waiting = super().get_queryset(request).filter(Q(turn=Party.STAFF) | Q(flagged_at__isnull=False))
        rows = waiting.select_related(
            "application__company", "application__case_holder__holder", "application__snooze"
        ).prefetch_related(Prefetch("attentions", Attention.objects.open(), to_attr="marks"))
        # What comes back corrected is told from what is new.
        asked = Remark.objects.filter(
            application=OuterRef("application"), step=OuterRef("step"), settled_at__isnull=False
        )
        return arranged(rows, timezone.now()).annotate(is_corrected=Exists(asked))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        listed = super().get_changelist(request, **kwargs)

        class Queue(listed):  # type: ignore[valid-type,misc]
            """The rows of one page with what is counted in business days, and the numbers above them."""

            def get_results(self, request: HttpRequest) -> None:
                super().get_results(request)
                desk = next(spec.desk for spec in self.filter_specs if isinstance(spec, TabFilter))
                rows = self.root_queryset
                for spec in self.filter_specs:
                    if not isinstance(spec, TabFilter):
                        rows = spec.queryset(request, rows)
                self.counts = desk.counts(rows)
                self.today, self.late = written(self.counts.today), written(self.counts.late)
                address = next_case.address_of(request.GET)
                for item in self.result_list:
                    item.address = address
                    item.waits, item.due = desk.waits(item), desk.due(item)

        return Queue

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: object = None
    ) -> HttpResponse:
        return redirect("admin:onboarding_application_change", self.get_object(request, object_id).application_id)

    @admin.display(description="başvuru", ordering="application__company__trade_name")
    def case(self, item: QueueItem) -> SafeString:
        url = reverse("admin:onboarding_application_change", args=[item.application_id])
        return format_html(
            '<a href="{}{}">{}</a> <span class="firm">{}</span>',
            url,
            getattr(item, "address", ""),
            item.application.reference,
            item.application.company.trade_name,
        )

    @admin.display(description="başvuru no")
    def reference(self, item: QueueItem) -> str:
        return item.application.reference

    @admin.display(description="firma")
    def firm(self, item: QueueItem) -> str:
        return item.application.company.trade_name

    @admin.display(description="neden bekliyor", ordering="step")
    def why(self, item: QueueItem) -> SafeString:
        step = item.definition
        marks: list[Attention] = getattr(item, "marks", [])
        said = [f"{mark.get_kind_display()}: {mark.text}" for mark in marks]
        if getattr(item, "asleep", False):
            put_off = item.application.snooze
            said.append(f"Ertelendi: {put_off.words}{put_off.note and f' ({put_off.note})'}")
        return format_html(
            '<span class="step">{}. {}{}</span> {}{}',
            step.number,
            step.title,
            # Whose turn it is stands only where it is another's: a mark asks support to look.
            "" if item.turn == Party.STAFF else f" · sıra: {item.get_turn_display() or '–'}",
            _state(item),
            format_html_join("", ' <span class="mark">{}</span>', ((each,) for each in said)),
        )

    @admin.display(description="bekliyor", ordering="since")
    def waiting(self, item: QueueItem) -> SafeString:
        return waits(str(getattr(item, "waits", "")))

    @admin.display(description="son gün")
    def due_on(self, item: QueueItem) -> str | SafeString:
        due = getattr(item, "due", None)
        if due is None:
            return "beklemede" if item.held else "–"
        day = date_format(due, "j F")
        today = timezone.localdate()
        # What is put off waits knowingly.
        if due > today or getattr(item, "asleep", False):
            return day
        words = "bugün" if due == today else f"{day}, gecikti"
        return format_html('<strong class="due">{}</strong>', words)

    @admin.display(description="kimde")
    def holder(self, item: QueueItem) -> str:
        return str(item.application.case_holder) if getattr(item, "held_by", None) else "–"


def _state(item: QueueItem) -> str | SafeString:
    words = item.support_label
    if item.state == PreApplication.SUBMITTED and getattr(item, "is_corrected", False):
        words = CORRECTED
    if item.held:
        return format_html('<span class="mark">Beklemede ({}): {}</span>', words, item.mark_reason)
    told = item.state in (CodeReceipt.DIFFERENCES, support_note.SEND_FAILED)
    note = support_note.note(item.state, item.reason) if told else ""
    return f"{words}: {note}" if note else words
