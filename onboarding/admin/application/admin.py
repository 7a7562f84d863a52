"""The whole application on one page, with a button for each move that is allowed now."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from journal.models import Entry
from onboarding.actions import casework
from onboarding.actor import NotAllowed
from onboarding.admin.application import codes
from onboarding.admin.application.about import about
from onboarding.admin.application.answers import AnswerPages
from onboarding.admin.application.channel import ChannelPages
from onboarding.admin.application.dossier import DossierPages
from onboarding.admin.application.filters import StepFilter, TurnFilter
from onboarding.admin.application.holding import HoldingPages
from onboarding.admin.application.many import ACTS
from onboarding.admin.application.marks import MarkPages
from onboarding.admin.application.moves import MovePages
from onboarding.admin.application.noting import NotePages
from onboarding.admin.application.packs import PackPages
from onboarding.admin.application.pages import RECORD, REVIEW
from onboarding.admin.application.writing import WritingPages
from onboarding.models import Application
from onboarding.overview import case
from tenancy.admin.bulk import BulkActs
from tenancy.admin.searching import FoundBy


@admin.register(Application)
class ApplicationAdmin(
    HoldingPages,
    MovePages,
    AnswerPages,
    DossierPages,
    ChannelPages,
    MarkPages,
    PackPages,
    WritingPages,
    NotePages,
    BulkActs[Application],
):
    bulk_acts = ACTS
    bulk_permission = REVIEW
    bulk_refusal = NotAllowed
    list_display = ["reference", "company", "standing", "whose_turn", "holder", "opened_on"]
    list_filter = [StepFilter, TurnFilter, "route", "closing"]
    linked_by = ("company__id__exact",)
    found_by = FoundBy(companies=("company",), application="pk")
    by_index = ("application_form__signatory_identity_index", "co_signatories__identity_index")
    by_sealed = ("company__tax_number", "company__mersis_number")
    list_select_related = ["company", "case_holder__holder"]
    kept = (StepFilter.parameter_name, TurnFilter.parameter_name, "route__exact", "closing__exact", "q", "o")
    change_list_template = "admin/onboarding/application/applications.html"
    change_form_template = "admin/onboarding/application/application.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        listed = super().get_changelist(request, **kwargs)

        class Applications(listed):  # type: ignore[valid-type,misc]
            """The rows of one page with their steps, which say where each application stands."""

            def get_results(self, request: HttpRequest) -> None:
                super().get_results(request)
                prefetch_related_objects(list(self.result_list), "records")

        return Applications

    def named(self, row: Application) -> str:
        return row.reference

    @admin.display(description="durum")
    def standing(self, row: Application) -> str:
        return row.stands_at

    @admin.display(description="sıra")
    def whose_turn(self, row: Application) -> str:
        at = row.acted_on()
        return str(at.get_turn_display()) if at else "–"

    @admin.display(description="kimde")
    def holder(self, row: Application) -> str:
        return str(casework.holder_of(row) or "–")

    @admin.display(description="açıldı", ordering="opened_at")
    def opened_on(self, row: Application) -> str:
        return date_format(timezone.localdate(row.opened_at), "j F Y")

    def context(self, request: HttpRequest, row: Application) -> dict[str, Any]:
        payments = list(row.payments.select_related("receipt", "recorded_by"))
        shown = {**super().context(request, row), "payments": payments}
        on_page = about(shown["ours"], shown)
        return {
            **shown,
            "application": row,
            "about": on_page,
            "papers": [each for each in shown["documents"] if each[1] != on_page.paper],
            "steps": case.steps(row),
            "thread": case.thread(row),
            "journal": Entry.objects.filter(application_id=row.pk).select_related("actor")[:100],
            "offers": row.offers.select_related("pdf"),
            "acceptances": row.acceptances.select_related("accepted_by", "text_version"),
            "declarations": row.declarations.select_related("declared_by"),
            "codes": codes.context(request, row),
            "code_readings": row.code_readings.all(),
            "may_review": request.user.has_perm(REVIEW),
            "may_record": request.user.has_perm(RECORD),
        }
