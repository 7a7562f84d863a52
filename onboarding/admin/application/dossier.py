"""The dossier as support sees it: its documents, and what staff enter for a company."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables

from documents.inspection import PDF, page_picture
from documents.intake import as_pdf, caps
from documents.looks import LEAFING, ONE_LOOK
from documents.storage import picture, read, response
from identifiers import Refused
from onboarding.actions import identities
from onboarding.actions.pre_application import submission
from onboarding.actor import NotAllowed
from onboarding.admin.acting import staff
from onboarding.admin.application.pages import ApplicationPages
from onboarding.dossier import answered, changes, content, identity_papers, readings
from onboarding.forms.dossier import DossierForm
from onboarding.forms.identities import RevealForm
from onboarding.forms.pre_application import UploadForm
from onboarding.models import Application, ChannelChoices, DocumentKind
from onboarding.views.refusals import refusals_as_messages
from onboarding.views.uploads import inspected, tell
from tenancy.requests import posted


class DossierPages(ApplicationPages):
    def own_urls(self) -> list[URLPattern]:
        return [
            self.own("<uuid:pk>/document/<uuid:document>/", self.document_view, "document"),
            self.own("<uuid:pk>/document/<uuid:document>/page/<int:number>/", self.page_view, "page"),
            self.own("<uuid:pk>/fill-in/", self.fill_in_view, "fill_in"),
            self.own("<uuid:pk>/hand-in/<str:kind>/", self.hand_in_view, "hand_in"),
            self.own("<uuid:pk>/identity/", self.identity_view, "identity"),
            *super().own_urls(),
        ]

    def context(self, request: HttpRequest, row: Application) -> dict[str, Any]:
        shown = super().context(request, row)
        form, changed = row.application_form, changes.last_changes(row)
        marked = changes.marked(content.told(form), changed)
        # Who applied at İYS's own site has its dossier there: what is empty here is not lacking.
        is_here = form.channel != ChannelChoices.APPLIED
        lines = [each for each in marked if is_here or each.line.value]
        labelled = [(DocumentKind(document.kind).label, document) for document in row.company.documents.all()]
        return {
            **shown,
            "application_form": form,
            "lines": lines,
            "may_reveal": request.user.has_perm("tenancy.reveal_identity"),
            "changes": changed,
            "needs": content.needs(form),
            "read": readings.beside(form),
            "lacking": submission.lacking(row) if is_here else (),
            "awaited": changes.asked(row) if submission.corrections_asked(row) else (),
            "documents": [each for each in labelled if not each[1].replaced_by_id],
            "replaced_documents": [each for each in labelled if each[1].replaced_by_id],
            "corrections": answered.answered(row, lines, changed),
            "submissions": row.submissions.all(),
            "is_open": submission.open_record(row) is not None,
        }

    def document_view(self, request: HttpRequest, pk: UUID, document: UUID) -> HttpResponse:
        application = self.reviewed(request, pk)
        found = get_object_or_404(application.company.documents.filter(erased_at=None), pk=document)
        identity_papers.note(found, application.company, application, staff(request))
        return response(found, inline="indir" not in request.GET)

    def page_view(self, request: HttpRequest, pk: UUID, document: UUID, number: int) -> HttpResponse:
        """A page of a PDF as a picture: a telephone cannot scroll a PDF that stands within a page."""
        application = self.reviewed(request, pk)
        pdfs = application.company.documents.filter(erased_at=None, content_type=PDF)
        found = get_object_or_404(pdfs, pk=document)
        if not 1 <= number <= (found.pages or 1):
            raise Http404
        within = ONE_LOOK if number == 1 else LEAFING
        identity_papers.note(found, application.company, application, staff(request), within)
        try:
            return picture(page_picture(read(found), number, caps=caps()))
        except Refused as refusal:
            return HttpResponse(str(refusal), content_type="text/plain; charset=utf-8", status=422)

    def fill_in_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Staff write what a company told them; it is marked, and the owner's submitting confirms it."""
        application = self.reviewed(request, pk)
        only = submission.open_fields(application)
        closed = only is not None and not only & set(DossierForm.base_fields)
        if application.application_form.has_mersis is None or closed:
            messages.error(request, "Bilgiler şu anda değiştirilemez ya da firma MERSİS sorusunu yanıtlamadı.")
            return self.back(pk)
        form = DossierForm(
            posted(request), company=application.company, form=application.application_form, only=only
        )
        if not form.is_valid():
            return self.form_of(request, application, form, "Firma adına doldur")
        with refusals_as_messages(
            request, "Bilgiler firma adına kaydedildi; firma sahibi göndererek onaylayacak."
        ):
            submission.fill_in(
                application=application, values=form.cleaned_data, complete=True, actor=staff(request)
            )
        return self.back(pk)

    def hand_in_view(self, request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
        application = self.reviewed(request, pk)
        if kind not in content.uploadable(application.application_form):
            raise Http404
        form = UploadForm(posted(request), request.FILES or None)
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                found = as_pdf([inspected(request, upload)])
                submission.hand_in(
                    application=application,
                    kind=DocumentKind(kind),
                    inspected=found,
                    filename=upload.name,
                    actor=staff(request),
                )
            except (Refused, NotAllowed) as refusal:
                form.add_error("file", str(refusal))
            else:
                messages.success(request, "Belge firma adına yüklendi.")
                tell(request, found)
                return self.back(pk)
        return self.form_of(request, application, form, f"Yükle: {DocumentKind(kind).label}")

    @method_decorator(sensitive_variables())
    def identity_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """An identity number in the answer to this very post, for who says why: no message, session or address
        has it, and that it was looked at goes into the journal (KVKK)."""
        application = self.found(request, pk, "tenancy.reveal_identity")
        lines = content.identities(application.application_form)
        if not lines:
            return self.back(pk)
        form, shown = RevealForm(posted(request), lines=lines, about=request.GET.get("number", "")), None
        if form.is_valid():
            shown = identities.reveal(
                application=application, key=form.cleaned_data["number"], reason=form.reason, actor=staff(request)
            )
        return self.form_page(
            request,
            form,
            "Kimlik numarasını göster",
            row=application,
            template="admin/onboarding/application/identity.html",
            shown=shown,
            save="Göster",
        )
