"""Support's buttons for the online channel and for companies that had applied before."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from onboarding.actions import partner_assignment
from onboarding.actions.pre_application import already_applied, e_signature, online
from onboarding.admin.acting import staff
from onboarding.admin.application.pages import REVIEW, ApplicationPages
from onboarding.admin.lease import decides
from onboarding.dossier import changes, content, undertaking
from onboarding.dossier.signed import VOUCHED_FOR_SUPPORT
from onboarding.models import Application, Assignment, ChannelChoices, SignatureCheck
from onboarding.steps import PRE_APPLICATION
from onboarding.views.refusals import refusals_as_messages
from tenancy.requests import expected_version, number, words


class ChannelPages(ApplicationPages):
    def own_urls(self) -> list[URLPattern]:
        return [
            self.own("<uuid:pk>/approve-online/", self.approve_online_view, "approve_online"),
            self.own("<uuid:pk>/accept-evidence/", self.accept_evidence_view, "accept_evidence"),
            self.own("<uuid:pk>/confirm-signature/", self.confirm_signature_view, "confirm_signature"),
            *super().own_urls(),
        ]

    def context(self, request: HttpRequest, row: Application) -> dict[str, Any]:
        shown = super().context(request, row)
        given = content.applied_with(row.application_form)
        return {**shown, "channel": _shown(row), "applied_with": changes.marked(given, changes.last_changes(row))}

    @decides
    def approve_online_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = self.to_decide(request, pk, REVIEW)
        if request.method == "POST":
            with refusals_as_messages(request, "Ön başvuru onaylandı; firmaya devam bağlantısı gönderildi."):
                online.approve(
                    application=application, actor=staff(request), expected_version=expected_version(request)
                )
        return self.back(pk)

    @decides
    def accept_evidence_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Two buttons: whether İYS has approved already, or is still looking at the application."""
        application = self.to_decide(request, pk, REVIEW)
        if request.method == "POST":
            with refusals_as_messages(request, "Bildirim kabul edildi."):
                already_applied.accept(
                    application=application,
                    approved=request.POST.get("approved") == "yes",
                    actor=staff(request),
                    expected_version=expected_version(request),
                )
        return self.back(pk)

    @decides
    def confirm_signature_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = self.to_decide(request, pk, REVIEW)
        waiting = SignatureCheck.objects.filter(document__company=application.company_id)
        check = waiting.filter(pk=number(request.POST.get("check", ""))).select_related("document").first()
        if request.method == "POST" and check is not None:
            with refusals_as_messages(request, "Elle denetim kaydedildi."):
                e_signature.confirm_by_hand(
                    check=check, application=application, note=words(request, "note"), actor=staff(request)
                )
        return self.back(pk)


PASSED_BELOW = {
    "reviewing": "Denetimlere bakıp ön başvuruyu onayla",
    "evidence_review": "Bildirime bakıp kabul et",
}


def _shown(found: Application) -> dict[str, Any]:
    """What only one of the channels has, beside the dossier, and what was checked by itself."""
    record = found.record_of(PRE_APPLICATION)
    form, assignment = found.application_form, Assignment.of(found)
    is_online = form.channel == ChannelChoices.ONLINE
    return {
        "record": record,
        "check": undertaking.current_check(found),
        "assignment_check": partner_assignment.signature_check(found),
        "assignment_lacks": partner_assignment.pages_lacking(found),
        "assignment_doubt": VOUCHED_FOR_SUPPORT if partner_assignment.is_vouched_for(found) else "",
        "assignment": assignment if assignment.pk else None,
        "registry": found.registry_answers.first() if is_online else None,
        "mobile_confirmed": is_online and online.mobile_is_confirmed(found),
        "co_signatories": found.co_signatories.all(),
        "evidence": getattr(found, "evidence", None),
        "brands": content.brand_lines(form),
        "figures": content.figure_lines(form),
        "may_approve_online": record.state == "reviewing" and not record.held,
        "may_accept_evidence": record.state == "evidence_review" and not record.held,
        # What the button below the checks does; the box of the decision leads to it.
        "passes_below": "" if record.held else PASSED_BELOW.get(record.state, ""),
    }
