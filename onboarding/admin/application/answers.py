"""Recording what İYS said otherwise than by mail."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from identifiers import Refused
from journal.parties import Party
from onboarding.admin.application.pages import RECORD, ApplicationPages
from onboarding.admin.forms import ToldAnswerForm
from onboarding.admin.lease import decides
from onboarding.mail import answers
from onboarding.steps import BY_KEY
from onboarding.views.refusals import refusals_as_messages
from onboarding.views.uploads import inspected, tell
from tenancy.requests import expected_version, posted, user_of


class AnswerPages(ApplicationPages):
    def own_urls(self) -> list[URLPattern]:
        page = self.own("<uuid:pk>/answer/<str:step>/<str:move>/", self.answer_view, "answer")
        return [page, *super().own_urls()]

    @decides
    def answer_view(self, request: HttpRequest, pk: UUID, step: str, move: str) -> HttpResponse:
        """It moves the step like a verified mail."""
        application = self.to_decide(request, pk, RECORD)
        known = BY_KEY.get(step)
        row = next((row for row in known.moves if row.name == move), None) if known else None
        if known is None or row is None or Party.IYS not in row.by:
            return self.back(pk)
        form = ToldAnswerForm(posted(request), request.FILES or None, move=move, step=step)
        if form.is_valid():
            upload = form.cleaned_data["evidence"]
            try:
                evidence = inspected(request, upload) if upload else None
            except Refused as refusal:
                form.add_error("evidence", str(refusal))
            else:
                with refusals_as_messages(request, f"{known.title}: {row.label}"):
                    answers.record(
                        application=application,
                        step=known,
                        move=move,
                        extracted=form.extracted,
                        user=user_of(request),
                        note=form.cleaned_data["note"],
                        expected_version=expected_version(request),
                        evidence=evidence,
                        filename=upload.name if upload else "",
                    )
                    tell(request, evidence)
                return self.back(pk)
        title = f"İYS'nin yanıtını kaydet: {row.label}"
        return self.form_of(request, application, form, title, application.records.get(step=step))
