"""Lists of companies: brought, their columns chosen, checked, started and stopped; what became of each line."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern

from partners.models import Partner
from team.admin.import_forms import MappingForm, UploadForm
from team.importing import checking, report, running
from team.importing.rights import BRING, may_bring
from team.models import CompanyImport, ImportRow, ImportState, RowOutcome
from tenancy.admin.base import ReadOnlyAdmin
from tenancy.admin.exports import given
from tenancy.models import User
from tenancy.requests import posted, user_of
from tenancy.walls import of_partner

SHOWN = 100  # lines on the page; the report has all
PREVIEWED = 5


@admin.register(CompanyImport)
class CompanyImportAdmin(ReadOnlyAdmin[CompanyImport]):
    partner_path = "partner"
    list_display = ["name", "partner", "whose", "state", "created_at", "finished_at"]
    list_select_related = ["partner"]
    fields = ["name", "partner", "whose", "state", "created_at", "finished_at"]
    readonly_fields = ["name", "partner", "whose", "state", "created_at", "finished_at"]
    change_form_template = "admin/team/companyimport/list.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(BRING)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CompanyImport]:
        # Not by a join: whoever went to another partner is behind the wall, and the list would go, too.
        return super().get_queryset(request).prefetch_related("by")

    @admin.display(description="sorumlu")
    def whose(self, batch: CompanyImport) -> str:
        person = _answers_for(batch)
        return str(person) if person else "artık bu iş ortağında değil"

    def own_urls(self) -> list[URLPattern]:
        return [
            self.own("<uuid:pk>/sutunlar/", self.columns_view, "columns"),
            self.own("<uuid:pk>/baslat/", self.start_view, "start"),
            self.own("<uuid:pk>/durdur/", self.stop_view, "stop"),
            self.own("<uuid:pk>/rapor/", self.report_view, "report"),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        person = user_of(request)
        partners = of_partner(person, Partner.objects.order_by("name"), "pk")
        form = UploadForm(posted(request), request.FILES or None, partners=partners)
        if form.is_valid():
            batch = running.keep(
                partner=form.cleaned_data["partner"],
                by=person,
                name=form.cleaned_data["file"].name,
                rows=form.rows,
            )
            return redirect(f"admin:{self._name('columns')}", batch.pk)
        return self.form_page(request, form, "Liste yükle", save="Yükle ve sütunları seç")

    def columns_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        batch = self.found(request, pk, BRING)
        if batch.state not in (ImportState.MAPPING, ImportState.CHECKED):
            return self.back(pk)
        first = [checking.cells_of(row) for row in batch.rows.order_by("number")[:PREVIEWED]]
        form = MappingForm(posted(request), headings=first[0], initial=_chosen(batch))
        if form.is_valid():
            if not checking.check(batch, form.columns, has_headings=form.cleaned_data["has_headings"]):
                messages.info(request, "Bu liste bu arada başlatıldı; sütunları artık değişmez.")
            return self.back(pk)
        columns = [
            (form[f"column_{number}"], [report.shown(cells[number]) for cells in first])
            for number in range(len(first[0]))
        ]
        return self.form_page(
            request,
            form,
            f"{batch}: sütunlar",
            row=batch,
            template="admin/team/companyimport/columns.html",
            columns=columns,
            save="Denetle",
        )

    def start_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        batch = self.found(request, pk, BRING)
        if request.method == "POST":
            if running.start(batch, user_of(request)):
                messages.success(request, "Başladı. Firmalar sırayla açılır, davetler gündüz saatlerinde gider.")
            else:
                messages.info(request, "Bu liste zaten sürüyor, bitmiş ya da daha denetlenmemiş.")
        return self.back(pk)

    def stop_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        batch = self.found(request, pk, BRING)
        if request.method == "POST":
            stopped = running.stop(batch)
            said = "Durduruldu; yapılanlar kalır, ötekiler bekler." if stopped else "Bu liste şu anda sürmüyor."
            messages.info(request, said)
        return self.back(pk)

    def report_view(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        batch = self.found(request, pk, BRING)
        if request.method != "POST":
            return self.back(pk)
        return given(
            report.rows(batch),
            by=user_of(request),
            model=CompanyImport,
            name="liste-raporu",
            said=f"Rapor: {batch}",
        )

    def context(self, request: HttpRequest, row: CompanyImport) -> dict[str, Any]:
        counted = row.rows.order_by().values_list("outcome").annotate(Count("pk"))
        counts = Counter(dict(counted))
        lines = row.rows.exclude(outcome=RowOutcome.HEADING).select_related("company")
        if row.state == ImportState.CHECKED:
            # What is wrong stands first: it is what there is to mend.
            wrong = list(lines.filter(outcome=RowOutcome.WRONG)[:SHOWN])
            told = [*wrong, *lines.exclude(outcome=RowOutcome.WRONG)[: SHOWN - len(wrong)]]
        else:
            # Lines of the check were never tried: what was done of late stands before them.
            told_of = lines.exclude(outcome=RowOutcome.WAITING, problems={})
            told = list(told_of.order_by(F("tried_at").desc(nulls_last=True), "number")[:SHOWN])
        all_lines = sum(counts.values()) - counts[RowOutcome.HEADING]
        named = [each for each in RowOutcome if counts[each] and each is not RowOutcome.HEADING]
        return {
            "batch": row,
            "may": request.user.has_perm(BRING),
            "whose": self.whose(row),
            "nobodys": row.state == ImportState.STOPPED and not _goes_on(row),
            "counts": [(each.label, counts[each]) for each in named],
            "waiting": counts[RowOutcome.WAITING],
            "all_lines": all_lines,
            "done": all_lines - counts[RowOutcome.WAITING],
            "lines": [_shown(row, line) for line in told],
            "fields": [field.label for field in checking.mapped(row)],
        }


def _answers_for(batch: CompanyImport) -> User | None:
    """None for somebody whom the partner's people see no more."""
    try:
        return batch.by
    except User.DoesNotExist:
        return None


def _goes_on(batch: CompanyImport) -> bool:
    person = _answers_for(batch)
    return person is not None and may_bring(person, batch.partner)


def _chosen(batch: CompanyImport) -> dict[str, Any]:
    """What was chosen the time before; nothing where columns were never chosen, so that they are guessed."""
    if not batch.mapping:
        return {}
    chosen = {f"column_{column}": field for column, field in batch.mapping.items()}
    return {**chosen, "has_headings": batch.has_headings}


def _shown(batch: CompanyImport, line: ImportRow) -> dict[str, Any]:
    cells, columns = checking.cells_of(line), checking.mapped(batch)
    told = [(report.shown(cells[column]), line.problems.get(field, "")) for field, column in columns.items()]
    return {"row": line, "cells": told}
