"""Moving a step by a button, and asking the company for corrections field by field."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from onboarding.actions import staff_moves
from onboarding.actions.pre_application import submission
from onboarding.admin.acting import staff
from onboarding.admin.application.pages import REVIEW, ApplicationPages, decides
from onboarding.admin.forms import RemarksForm
from onboarding.dossier import content, corrections
from onboarding.models import Application
from onboarding.steps import BY_KEY, STATUS_QUERY
from onboarding.views.refusals import refusals_as_messages
from tenancy.requests import expected_version, posted, words


class MovePages(ApplicationPages):
    def own_urls(self) -> list[URLPattern]:
        return [
            self.own("<uuid:pk>/move/", self.move_view, "move"),
            self.own("<uuid:pk>/ask-changes/<str:step>/", self.ask_changes_view, "ask_changes"),
            *super().own_urls(),
        ]

    def context(self, request: HttpRequest, row: Application) -> dict[str, Any]:
        waiting, finished = staff_moves.offered(row)
        return {
            **super().context(request, row),
            "ours": [group for group in waiting if group.is_ours],
            "others": [group for group in waiting if not group.is_ours],
            "moves_of_finished": finished,
        }

    @decides
    def move_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = self.to_decide(request, pk, REVIEW)
        step_key, _colon, move = request.POST.get("move", "").partition(":")
        step = BY_KEY.get(step_key)
        if step is not None and staff_moves.has_button(step, move):
            with refusals_as_messages(request, f"{step.title}: {step.move(move).label}"):
                staff_moves.make(
                    application=application,
                    step=step,
                    move=move,
                    actor=staff(request),
                    reason=words(request, "reason"),
                    expected_version=expected_version(request),
                )
        return self.back(pk)

    @decides
    def ask_changes_view(self, request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
        application = self.to_decide(request, pk, REVIEW)
        if step not in BY_KEY:
            return self.back(pk)
        record = application.records.get(step=step)
        asked = corrections.suggestions(application, content.labels(application.application_form))
        form = RemarksForm(
            posted(request),
            form=application.application_form,
            record=record,
            suggested=asked if record.step == STATUS_QUERY.key else (),
        )
        if not form.is_valid():
            return self.form_of(request, application, form, "Düzeltme iste", record)
        with refusals_as_messages(request, "Düzeltme istendi; firmaya bildirildi."):
            submission.ask_changes(
                application=application,
                step=BY_KEY[step],
                remarks=form.remarks,
                actor=staff(request),
                expected_version=expected_version(request),
            )
        return self.back(pk)
