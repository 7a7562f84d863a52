"""The whole application on one page, with a button for each move that is allowed now."""

from functools import partial
from typing import Any, cast
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from documents.storage import response
from identifiers import Refused
from journal.entries import write
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.actions import partner_assignment
from onboarding.actions.pre_application import submission
from onboarding.actor import NotAllowed
from onboarding.admin import channels, codes, marks, packs, recording
from onboarding.admin.acting import expected_version, staff
from onboarding.admin.forms import RemarksForm
from onboarding.dossier import changes, content, corrections
from onboarding.forms.pre_application import DossierForm, UploadForm
from onboarding.models import Application, DocumentKind, StepRecord
from onboarding.overview.board import board, staff_moves, thread
from onboarding.steps import BY_KEY, PARTNER_ASSIGNMENT, PRE_APPLICATION, STATUS_QUERY
from onboarding.transitions import perform
from onboarding.views.refusals import refusals_as_messages
from onboarding.views.uploads import inspected
from tenancy.models import User
from tenancy.requests import posted
from tenancy.walls import ReadOnlyAdmin, of_partner

# These moves need a remark per field; a bare button would lose them.
WITH_REMARKS = frozenset(submission.ASKING_MOVES.values())
# These are made by verbs of their own, which do more than the move.
WITH_VERBS = frozenset({"approve_online", "accept_evidence"})


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin[Application]):
    list_display = ["reference", "company", "route", "opened_at", "finished_at", "closing"]
    list_filter = ["route", "closing"]
    search_fields = [
        "reference",
        "company__trade_name",
        "company__tax_number",
        "iys_application_number",
        "iys_code",
    ]
    list_select_related = ["company"]
    show_full_result_count = False
    change_form_template = "admin/onboarding/application/application.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        return of_partner(request, super().get_queryset(request), "company")

    def get_urls(self) -> list[URLPattern]:
        def own(route: str, view: Any, name: str) -> URLPattern:
            name = f"onboarding_application_{name}"
            pattern: URLPattern = path(route, self.admin_site.admin_view(view), name=name)
            return pattern

        return [
            own("<uuid:pk>/move/", self.move_view, "move"),
            own("<uuid:pk>/ask-changes/<str:step>/", self.ask_changes_view, "ask_changes"),
            own(
                "<uuid:pk>/answer/<str:step>/<str:move>/",
                partial(recording.answer, self._recorded, self._form_page),
                "answer",
            ),
            own("<uuid:pk>/document/<uuid:document>/", self.document_view, "document"),
            own("<uuid:pk>/fill-in/", self.fill_in_view, "fill_in"),
            own("<uuid:pk>/hand-in/<str:kind>/", self.hand_in_view, "hand_in"),
            own("<uuid:pk>/approve-online/", partial(channels.approve_online, self._reviewed), "approve_online"),
            own(
                "<uuid:pk>/accept-evidence/", partial(channels.accept_evidence, self._reviewed), "accept_evidence"
            ),
            own(
                "<uuid:pk>/confirm-signature/",
                partial(channels.confirm_signature, self._reviewed),
                "confirm_signature",
            ),
            own("<uuid:pk>/identity/", self.identity_view, "identity"),
            own("<uuid:pk>/mark/", partial(marks.add, self._reviewed, self._form_page), "add_mark"),
            own("<uuid:pk>/mark/<int:mark>/settle/", partial(marks.settle, self._reviewed), "settle_mark"),
            own("<uuid:pk>/mute/", partial(marks.mute, self._reviewed, self._form_page), "mute"),
            own("<uuid:pk>/unmute/", partial(marks.unmute, self._reviewed), "unmute"),
            own(
                "<uuid:pk>/package-end/",
                partial(marks.package_end, self._reviewed, self._form_page),
                "package_end",
            ),
            own("<uuid:pk>/pack/", partial(packs.ask, self._reviewed), "pack"),
            own("<uuid:pk>/pack/<str:kind>/", partial(packs.give, self._reviewed), "pack_file"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), **self._page(request, object_id)}
        )

    def _page(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        found = self.get_object(request, object_id)
        form = found.application_form
        changed = changes.last_changes(found)
        return {
            "application": found,
            "board": board(found),
            "groups": _groups(found),
            "lines": changes.marked((*content.lines(form), *content.together(form)), changed),
            "changes": changed,
            "needs": content.needs(form),
            "missing": submission.missing(found),
            "application_form": form,
            "channel": channels.context(found),
            "pack": packs.context(found),
            "marks": marks.context(found),
            "documents": [
                (DocumentKind(document.kind).label, document)
                for document in found.company.documents.filter(erased_at=None)
            ],
            "remarks": changes.asked(found, step=PRE_APPLICATION.key, open_only=False),
            "rounds": corrections.rounds(found),
            "thread": thread(found),
            "journal": Entry.objects.filter(application_id=found.pk).select_related("actor")[:100],
            "submissions": found.submissions.select_related("submitted_by"),
            "offers": found.offers.all(),
            "acceptances": found.acceptances.select_related("accepted_by", "text_version"),
            "payments": found.payments.select_related("receipt"),
            "declarations": found.declarations.select_related("declared_by"),
            "codes": codes.context(request, found),
            "code_readings": found.code_readings.all(),
            "is_open": submission.open_record(found) is not None,
            "may_review": request.user.has_perm("onboarding.review_application"),
            "may_record": request.user.has_perm("onboarding.record_answer"),
        }

    def _application(self, request: HttpRequest, pk: UUID, permission: str) -> Application:
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request).select_related("company__partner"), pk=pk)

    def _reviewed(self, request: HttpRequest, pk: UUID) -> Application:
        return self._application(request, pk, "onboarding.review_application")

    def _recorded(self, request: HttpRequest, pk: UUID) -> Application:
        return self._application(request, pk, "onboarding.record_answer")

    def move_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = self._reviewed(request, pk)
        step_key, _colon, move = request.POST.get("move", "").partition(":")
        step = BY_KEY.get(step_key)
        known = {row.name for row in step.moves} - WITH_VERBS - WITH_REMARKS if step else set()
        if request.method != "POST" or step is None or move not in known:
            return redirect("admin:onboarding_application_change", pk)
        with refusals_as_messages(request, f"{step.title}: {step.move(move).label}"):
            if (step, move) == (PARTNER_ASSIGNMENT, "approve"):
                partner_assignment.approve(
                    application=application, actor=staff(request), expected_version=expected_version(request)
                )
                return redirect("admin:onboarding_application_change", pk)
            perform(
                application=application,
                step=step,
                move=move,
                actor=staff(request),
                reason=request.POST.get("reason", "").strip(),
                expected_version=expected_version(request),
            )
        return redirect("admin:onboarding_application_change", pk)

    def ask_changes_view(self, request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
        application = self._reviewed(request, pk)
        if step not in BY_KEY:
            return redirect("admin:onboarding_application_change", pk)
        record = application.records.get(step=step)
        asked = corrections.suggestions(application, content.labels(application.application_form))
        form = RemarksForm(
            posted(request),
            form=application.application_form,
            record=record,
            suggested=asked if record.step == STATUS_QUERY.key else (),
        )
        if request.method == "POST" and form.is_valid():
            with refusals_as_messages(request, "Düzeltme istendi; firmaya bildirildi."):
                submission.ask_changes(
                    application=application,
                    step=BY_KEY[step],
                    remarks=form.remarks,
                    actor=staff(request),
                    expected_version=expected_version(request),
                )
            return redirect("admin:onboarding_application_change", pk)
        return self._form_page(request, application, form, "Düzeltme iste", record)

    def _form_page(
        self,
        request: HttpRequest,
        application: Application,
        form: Any,
        title: str,
        record: StepRecord | None = None,
    ) -> HttpResponse:
        """A form that was refused keeps the version of the page on which it was opened."""
        opened = record.version if record else 0
        return render(
            request,
            "admin/onboarding/application/form_page.html",
            {
                **self.admin_site.each_context(request),
                "title": title,
                "application": application,
                "form": form,
                "expected_version": expected_version(request) if request.method == "POST" else opened,
                "opts": self.opts,
            },
            status=422 if form.errors else 200,
        )

    def fill_in_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Staff write what a company told them; it is marked, and the owner's submitting confirms it."""
        application = self._reviewed(request, pk)
        only = submission.open_fields(application)
        closed = only is not None and not only & set(DossierForm.base_fields)
        if application.application_form.has_mersis is None or closed:
            messages.error(request, _("Bilgiler şu anda değiştirilemez ya da firma MERSİS sorusunu yanıtlamadı."))
            return redirect("admin:onboarding_application_change", pk)
        form = DossierForm(
            posted(request), company=application.company, form=application.application_form, only=only
        )
        if request.method == "POST" and form.is_valid():
            with refusals_as_messages(
                request, "Bilgiler firma adına kaydedildi; firma sahibi göndererek onaylayacak."
            ):
                submission.fill_in(
                    application=application, values=form.cleaned_data, complete=True, actor=staff(request)
                )
            return redirect("admin:onboarding_application_change", pk)
        return self._form_page(request, application, form, "Firma adına doldur")

    def hand_in_view(self, request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
        application = self._reviewed(request, pk)
        if kind not in content.uploadable(application.application_form):
            raise Http404
        form = UploadForm(posted(request), request.FILES)
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                submission.hand_in(
                    application=application,
                    kind=DocumentKind(kind),
                    inspected=inspected(upload),
                    filename=upload.name,
                    actor=staff(request),
                )
            except (Refused, NotAllowed) as refusal:
                form.add_error("file", str(refusal))
            else:
                messages.success(request, _("Belge firma adına yüklendi."))
                return redirect("admin:onboarding_application_change", pk)
        return self._form_page(request, application, form, f"Yükle: {DocumentKind(kind).label}")

    def document_view(self, request: HttpRequest, pk: UUID, document: UUID) -> HttpResponse:
        application = self._reviewed(request, pk)
        found = get_object_or_404(application.company.documents.filter(erased_at=None), pk=document)
        return response(found, inline="indir" not in request.GET)

    def identity_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Shows the signatory's identity number once; that it was looked at goes into the journal (KVKK)."""
        application = self._reviewed(request, pk)
        identity = application.application_form.signatory_identity
        if request.method == "POST" and identity:
            write(
                company=application.company,
                event=Event.IDENTITY_SHOWN,
                text="İmza yetkilisinin kimlik numarası görüntülendi",
                party=Party.STAFF,
                actor=cast(User, request.user),
                application_id=application.pk,
            )
            messages.info(request, f"Kimlik numarası: {identity}")
        return redirect("admin:onboarding_application_change", pk)


def _groups(application: Application) -> list[dict[str, Any]]:
    """The moves by step: the step that is open first, then the finished ones."""
    found = sorted(staff_moves(application), key=lambda group: not group[0].turn)
    groups = [
        {
            "record": record,
            "own": [row for row in own if row.name not in WITH_REMARKS | WITH_VERBS],
            "with_remarks": [row for row in own if row.name in WITH_REMARKS],
            "answers": told,
            "finished": not record.turn,
        }
        for record, own, told in found
    ]
    first = next((group for group in groups if group["finished"]), None)
    return [{**group, "first_finished": group is first} for group in groups]
