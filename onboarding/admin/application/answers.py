"""Recording what İYS said otherwise than by mail."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from identifiers import Refused
from journal.parties import Party
from limits.quotas import TooMany
from onboarding.actor import NotAllowed, StaleState
from onboarding.admin.application.pages import RECORD, ApplicationPages
from onboarding.admin.forms import ToldAnswerForm, code_fields
from onboarding.admin.lease import decides
from onboarding.codes.confirmation import latest_reading
from onboarding.codes.seen import why_not_confirmed
from onboarding.machine import Move, Step
from onboarding.mail import answers
from onboarding.models import Application
from onboarding.steps import BY_KEY, CODE_RECEIPT
from onboarding.views.uploads import inspected, tell
from tenancy.requests import expected_version, posted, user_of

OVERTAKEN = (
    "Bu adım siz yazarken ilerledi, yanıt kaydedilmedi. Başvurunun bugünkü haline bakın; uyuyorsa kaydedin."
)
KEPT = "Yazdıklarınız duruyor."
KEPT_WITHOUT_FILE = f"{KEPT} Kanıt dosyasını yeniden seçin."


def _known(application: Application, step: Step) -> dict[str, str]:
    """The codes as they are known now: what is wrong in them is mended, not typed anew."""
    reading = latest_reading(application) if step is CODE_RECEIPT else None
    return code_fields(reading.iys_code, reading.brands) if reading else {}


def _clash(request: HttpRequest, application: Application, step: Step) -> str:
    """A code that another company has is refused to the company, and the case is here again."""
    return why_not_confirmed(user_of(request), application) if step is CODE_RECEIPT else ""


def _follows(step: Step, row: Move) -> str:
    """Who acts once it is recorded; empty where that hangs on more than the move."""
    if row.target in step.done:
        return "Kaydedince adım tamamlanır."
    turn = step.turns.get(row.target) if row.target else None
    return f"Kaydedince sıra: {turn.label}." if turn else ""


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
        overtaken = False
        form = ToldAnswerForm(
            posted(request), request.FILES or None, move=move, step=step, initial=_known(application, known)
        )
        if form.is_valid():
            upload = form.cleaned_data["evidence"]
            try:
                evidence = inspected(request, upload) if upload else None
            except Refused as refusal:
                form.add_error("evidence", str(refusal))
            else:
                try:
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
                except (NotAllowed, TooMany) as refusal:
                    overtaken = isinstance(refusal, StaleState)
                    why = OVERTAKEN if overtaken else str(refusal)
                    form.add_error(None, f"{why} {KEPT_WITHOUT_FILE if upload else KEPT}")
                else:
                    tell(request, evidence)
                    messages.success(request, f"Yapıldı. {known.title}: {row.label}")
                    if clash := _clash(request, application, known):
                        messages.warning(request, clash)
                    return self.back(pk)
        form.lead = " ".join(filter(None, (_clash(request, application, known), _follows(known, row))))
        title = f"İYS'nin yanıtını kaydet: {row.label}"
        record = application.records.get(step=step)
        if overtaken:
            # Whoever has read that the case changed decides on it as it is now.
            return self.form_page(request, form, title, row=application, expected_version=record.version)
        return self.form_of(request, application, form, title, record)
