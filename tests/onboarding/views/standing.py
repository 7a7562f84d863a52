"""An application put directly into a state of a step, whole and complete, and under a mark."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from brands.models import Channel
from brands.registering import Figures, Reached, asked_year, save_brand, save_figures
from correspondence.models import Mail
from correspondence.reading.kinds import Kind
from documents.models import Origin
from documents.storage import store
from onboarding import gate, transitions
from onboarding.actions.pre_application import already_applied, channel
from onboarding.attention import marks
from onboarding.dossier import papers
from onboarding.machine import Step
from onboarding.models import (
    AttentionKind,
    ChannelChoices,
    CodeReading,
    CodeSource,
    ContinueLink,
    DocumentKind,
    PackageChoice,
    SignatureCheck,
    StepRecord,
)
from onboarding.steps import PRE_APPLICATION, STEPS
from tests.scenarios.cast import Cast
from tests.scenarios.papers import blank_pdf
from verification.models import OneTimeCode, Purpose

CHANNELS = {"manual": ChannelChoices.MANUAL, "online": ChannelChoices.ONLINE, "applied": ChannelChoices.APPLIED}
# The states of the specification that the portal calls otherwise.
OURS = {
    ("1.manual", "sending/letter_problem"): "send_failed",
    ("1.online", "sending/letter_problem"): "send_failed",
    ("1.online", "changes_asked"): "returned",
    ("2", "refused/apply_again"): "apply_again",
    ("3", "differences"): "read",
    ("3", "differences/staff"): "differences",
    ("4", "requesting"): "choosing",
    ("4", "requesting/own_mail"): "own_mail",
    ("4", "requesting/sending"): "sending",
    ("4", "requesting/letter_problem"): "send_failed",
    ("5", "sending/letter_problem"): "send_failed",
}
REASONS = {
    ("1.applied", "evidence/returned"): "Numara okunmuyor",
    ("3", "differences/staff"): "Kod doğru mu?",
    ("4", "payment_failed"): "Kart reddedildi",
}
DOUBT = "1. adım yeniden açıldı: Unvan değişti"


def assigned() -> Cast:
    """A company that has come to step 6."""
    cast = Cast()
    cast.assigned()
    return cast


class Place:
    """A company whose application stands at `state` of `step`, both as offered.json names them.

    `begin` gives one that has come to step 6; what is behind `step` is put back to where it begins.
    """

    def __init__(self, step: str, state: str, begin: Callable[[], Cast] = assigned) -> None:
        number, _dot, way = step.partition(".")
        self.name = (step, state)
        self.step: Step = STEPS[int(number) - 1]
        if self.step is PRE_APPLICATION:
            self.cast = Cast()
            self._first(way)
        else:
            self.cast = begin()
        self.application = self.cast.application = self.cast.now()
        self.put(self.step, OURS.get(self.name, state.partition("/")[0]), REASONS.get(self.name, ""))
        for later in STEPS[self.step.number :]:
            self.put(later, later.initial)
        self._what_the_state_needs()
        if self.is_at_the_end:
            self.application.finished_at = timezone.now()
            self.application.save(update_fields=["finished_at"])
        self.refresh()

    def put(self, step: Step, state: str, reason: str = "", **marked: object) -> None:
        StepRecord.objects.filter(application=self.application, step=step.key).update(
            state=state, reason=reason, **marked
        )

    def refresh(self) -> None:
        transitions.refresh_turns(self.cast.now())

    @property
    def record(self) -> StepRecord:
        return self.application.records.get(step=self.step.key)

    @property
    def is_at_the_end(self) -> bool:
        return self.step is STEPS[-1] and self.record.standing.state in self.step.done

    def verdict(self) -> gate.Verdict:
        return self.cast.now().verdicts()[self.step.number - 1]

    # What has been typed and handed in by then.

    def _first(self, way: str) -> None:
        self.cast.fill_in()
        self.cast.hand_in("signature_circular", "trade_registry_gazette", "undertaking")
        channel.choose(application=self.cast.application, channel=CHANNELS[way], actor=self.cast.owner)
        if way == "applied":
            already_applied.keep(
                application=self.cast.application,
                iys_application_number="MX3ZB5JA",
                iys_code="",
                brands=[],
                note="",
            )
            self.cast.hand_in(DocumentKind.EVIDENCE)

    def _what_the_state_needs(self) -> None:
        match self.name:
            case "1.online", "email_code":
                self._code(Purpose.EMAIL, "bilgi@mavideniz.example")
            case "1.online", "form":
                self._code(Purpose.MOBILE, self.application.application_form.signatory_mobile)
            case "1.online", "signing" | "changes_asked":
                self._signed()
            case "1.online", "info_entry" | "info_entry/link_expired":
                self._entered()
            case "2", "continue_link":
                self._continue_link()
            case "3", "differences":
                CodeReading.objects.create(
                    application=self.application,
                    source=CodeSource.TOLD,
                    iys_code="710482",
                    brands=[{"name": "Mavi Deniz", "code": "710482"}, {"name": "Başka Marka", "code": "710999"}],
                )
            case "4", "choosing":
                PackageChoice.objects.filter(application=self.application).delete()

    def _code(self, purpose: Purpose, target: str) -> None:
        OneTimeCode.objects.create(
            application_id=self.application.pk,
            company=self.cast.company,
            purpose=purpose,
            target=target,
            code="123456",
            expires_at=timezone.now() + timedelta(seconds=300),
        )

    def _signed(self) -> None:
        """An e-signed undertaking that was examined; how signatures are examined is tested elsewhere."""
        issued = papers.render(self.application, DocumentKind.UNDERTAKING_TO_SIGN)
        assert issued is not None
        signed = store(
            company=self.cast.company,
            kind=DocumentKind.UNDERTAKING_SIGNED,
            payload=blank_pdf(),
            filename="imzali.pdf",
            content_type="application/pdf",
            pages=1,
            origin=Origin.UPLOADED,
            by=self.cast.people["owner"],
        )
        SignatureCheck.objects.create(document=signed, issued=issued, lines=[], undecided=False)

    def _entered(self) -> None:
        """A brand and last year's figures; the link of the mail was opened, or is too old by now."""
        company, now = self.cast.company, timezone.now()
        reached = {each: Reached(10, ("mavideniz.example",)) for each in Channel}
        save_brand(company=company, brand=None, name=company.trade_name, reached=reached)
        save_figures(company=company, year=asked_year(), figures={each: Figures(1, 1, 0) for each in Channel})
        expired = self.name[1] == "info_entry/link_expired"
        ContinueLink.objects.create(
            application=self.application,
            expires_at=now + timedelta(days=-1 if expired else 14),
            used_at=None if expired else now,
        )

    def _continue_link(self) -> None:
        Mail.objects.create(
            mailbox="sınama",
            folder="INBOX",
            uid_validity=1,
            uid="1",
            stored_name="1.eml",
            sha256="0" * 64,
            size=1,
            company=self.cast.company,
            application_id=self.application.pk,
            step_key=self.step.key,
            kind=Kind.CONTINUE_LINK,
            status="applied",
            extracted={"continue_url": "https://iys.example/devam"},
        )

    # Marks.

    @contextmanager
    def under(self, mark: str) -> Iterator[None]:
        """The application under this mark, and as it was again afterwards."""
        self.cast.browsers.open_all()
        with transaction.atomic():
            getattr(self, f"_{mark}")()
            self.refresh()
            yield
            transaction.set_rollback(True)

    def _none(self) -> None:
        pass

    def _held(self) -> None:
        self.put(self.step, self.record.state, held=True, mark_reason="Evrak eksik geldi")

    def _stale(self) -> None:
        self.put(self.step, self.record.state, stale=True, mark_reason=DOUBT)
        self.application.finished_at = None
        self.application.save(update_fields=["finished_at"])

    def _stale_locked(self) -> None:
        self._stale()
        self._locked()

    def _locked(self) -> None:
        self.put(PRE_APPLICATION, PRE_APPLICATION.initial)

    def _withdrawn(self) -> None:
        """From where somebody has to act, which is a later step when this one is done."""
        current = gate.current(self.cast.now().verdicts())
        assert current is not None
        self.cast.move(current.step, "withdraw", self.cast.owner, reason="Vazgeçtik")

    def _attention(self) -> None:
        kind = AttentionKind.BY_HAND
        marks.raise_mark(record=self.record, kind=kind, idempotency_key=uuid4().hex, text="Bir marka eklendi")

    def _not_needed(self) -> None:
        self.application.route = gate.Route.EXEMPT
        self.application.save(update_fields=["route"])

    # What must not change.

    def as_it_stands(self) -> list[tuple[str, str, bool, bool, int]]:
        records = StepRecord.objects.filter(application__company=self.cast.company).order_by("pk")
        return list(records.values_list("step", "state", "held", "stale", "version"))
