"""Moving a step by a button, and asking the company for corrections field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone

from limits.quotas import TooMany
from onboarding.actions import phrases, staff_moves
from onboarding.actions.pre_application import submission
from onboarding.actions.staff_moves import StaffMoves
from onboarding.actor import NotAllowed, StaleState
from onboarding.admin.acting import staff
from onboarding.admin.application.given_back import GivenBack, typed
from onboarding.admin.application.pages import REVIEW, ApplicationPages
from onboarding.admin.forms import RemarksForm
from onboarding.admin.lease import decides
from onboarding.dossier import content, corrections
from onboarding.dossier.suggestions import Suggestion
from onboarding.models import Application, KeptPhrase, PhraseUse, StepRecord
from onboarding.overview.waited import days_waited, in_words
from onboarding.steps import BY_KEY, STATUS_QUERY
from tenancy.requests import expected_version, posted, user_of, words


@dataclass(frozen=True, slots=True)
class Asking:
    """What may be asked for by a press beside what it is about: of which step, which fields and documents, what
    İYS's words suggest about them, also what nobody asked for yet (`words`), and what of it has no place of its
    own on the page."""

    record: StepRecord
    keys: Mapping[str, str]
    suggested: Mapping[str, str]
    words: Mapping[str, str]
    elsewhere: Sequence[tuple[str, str]]


def _asking(row: Application, ours: Sequence[StaffMoves], shown: Mapping[str, Any]) -> Asking | None:
    """None where there is nothing to be asked for now."""
    record = next((group.record for group in ours if group.with_remarks), None)
    if record is None:
        return None
    keys = dict(content.remarkable(row.application_form, record.step, record.state))
    placed = {each.line.key for each in (*shown["lines"], *shown["applied_with"])}
    placed |= {str(need.kind) for need in shown["needs"] if need.required and not need.document}
    placed |= {document.kind for _label, document in shown["documents"]}
    suggested = {each.key: each.remark for each in _suggested(row, record) if each.key in keys}
    unasked = {each.key: each.text for each in shown["corrections"].points if not each.is_asked}
    return Asking(
        record=record,
        keys=keys,
        suggested=suggested,
        words={key: text for key, text in unasked.items() if key in keys} | suggested,
        elsewhere=[(key, label) for key, label in keys.items() if key not in placed],
    )


def _with_place(given: GivenBack, asking: Asking | None) -> Sequence[tuple[str, str, str]]:
    """What was to be corrected and still can be: key, label and words."""
    keys = asking.keys if asking else {}
    return [(key, keys[key], text) for key, text in given.remarks.items() if key in keys]


def _reasoned(groups: Sequence[StaffMoves]) -> set[str]:
    """The moves that are asked a reason for on this page, as "step:move"."""
    return {f"{group.record.step}:{each.move.name}" for group in groups for each in group.apart}


def _suggested(application: Application, record: StepRecord) -> Sequence[Suggestion]:
    if record.step != STATUS_QUERY.key:
        return ()
    return corrections.suggestions(application, content.labels(application.application_form))


class MovePages(ApplicationPages):
    def own_urls(self) -> list[URLPattern]:
        return [
            self.own("<uuid:pk>/move/", self.move_view, "move"),
            self.own("<uuid:pk>/ask-changes/<str:step>/", self.ask_changes_view, "ask_changes"),
            *super().own_urls(),
        ]

    def context(self, request: HttpRequest, row: Application) -> dict[str, Any]:
        shown = super().context(request, row)
        waiting, finished = staff_moves.offered(row)
        ours = [group for group in (*waiting, *finished) if group.is_ours]
        kept = list(KeptPhrase.objects.filter(partner=row.company.partner_id))
        chosen = request.GET.get("cumle", "")
        asking = _asking(row, ours, shown) if request.user.has_perm(REVIEW) else None
        given = typed(request, row, asking.suggested if asking else ())
        reasoned = _reasoned([*waiting, *finished])
        now_at = ours or waiting
        days = days_waited((group.record.since for group in now_at), timezone.now())
        return {
            **shown,
            "ours": ours,
            "waits": [(group.record, in_words(each)) for group, each in zip(now_at, days, strict=True)],
            "asking": asking,
            "given_back": given,
            "given_remarks": _with_place(given, asking),
            "given_without_place": given.without_place(
                asking.keys if asking else (), reasoned, content.labels(row.application_form)
            ),
            "others": [group for group in waiting if not group.is_ours],
            "moves_of_finished": [group for group in finished if not group.is_ours],
            "phrases": kept,
            "phrase": given.reason or next((each.text for each in kept if str(each.pk) == chosen), ""),
            "phrase_for": given.move or request.GET.get("hareket", ""),
        }

    @decides
    def move_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        application = self.to_decide(request, pk, REVIEW)
        step_key, _colon, move = request.POST.get("move", "").partition(":")
        step = BY_KEY.get(step_key)
        if step is not None and staff_moves.has_button(step, move):
            try:
                staff_moves.make(
                    application=application,
                    step=step,
                    move=move,
                    actor=staff(request),
                    reason=words(request, "reason"),
                    expected_version=expected_version(request),
                )
            except (NotAllowed, TooMany) as refusal:
                return self.given_back(request, application, refusal)
            record = application.records.get(step=step.key)
            now = "beklemede" if record.held else record.support_label
            messages.success(request, f"Yapıldı. {step.title}: {now}")
            if "keep" in request.POST:
                use = PhraseUse.REJECT if step.move(move).target in step.stopped else PhraseUse.HOLD
                self._keep(request, application, use, [words(request, "reason")])
        return self.back(pk)

    def _keep(self, request: HttpRequest, application: Application, use: PhraseUse, texts: list[str]) -> None:
        if phrases.keep(application=application, use=use, texts=texts, by=user_of(request)):
            messages.success(request, "Cümle saklandı; bir sonraki kararda sunulur.")

    @decides
    def ask_changes_view(self, request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
        application = self.to_decide(request, pk, REVIEW)
        if step not in BY_KEY:
            return self.back(pk)
        record = application.records.get(step=step)
        if request.method == "POST" and record.version != expected_version(request):
            # Before the form is asked: it has no field for what cannot be corrected any more.
            return self.given_back(request, application, StaleState())
        form = RemarksForm(
            posted(request),
            form=application.application_form,
            record=record,
            suggested=_suggested(application, record),
            phrases=KeptPhrase.objects.filter(partner=application.company.partner_id, use=PhraseUse.CHANGES),
        )
        if not form.is_valid():
            return self.form_page(
                request,
                form,
                f"Düzeltme iste: {application.company}",
                save="Düzeltmeyi iste",
                row=application,
                version=record.version,
                template="admin/onboarding/application/ask_changes.html",
            )
        try:
            submission.ask_changes(
                application=application,
                step=BY_KEY[step],
                remarks=form.remarks,
                actor=staff(request),
                expected_version=expected_version(request),
            )
        except (NotAllowed, TooMany) as refusal:
            return self.given_back(request, application, refusal)
        messages.success(request, "Düzeltme istendi; firmaya bildirildi.")
        if form.cleaned_data["keep"]:
            self._keep(request, application, PhraseUse.CHANGES, [text for _key, text in form.remarks])
        return self.back(pk)
