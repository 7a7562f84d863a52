"""The read model of the company's home page: a few queries, one dataclass."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from journal.parties import Party
from onboarding import gate
from onboarding.business_days import business_days_between
from onboarding.dossier import changes
from onboarding.machine import Move, Step
from onboarding.models import Application, Attention, AttentionKind, DayException, StepRecord
from onboarding.overview import expected_wait
from onboarding.steps import PRE_APPLICATION

WHOSE_TURN = {
    Party.COMPANY: "Sıra sizde",
    Party.STAFF: "Sıra destek ekibinde",
    Party.IYS: "Sıra İYS'de",
    Party.SYSTEM: "Portal çalışıyor",
}

# Of a step whose papers and data are whole: what its state asks for is done, sending is left.
READY = "Her şey hazır, gözden geçirip gönderin"
CORRECT = "Düzeltmeniz istendi"
# Where each way has led. Who sees to İYS alone has not come to the end by having said so here.
ENDED = {
    gate.Route.FULL: "Bütün adımlar tamamlandı.",
    gate.Route.EXEMPT: "Portalda yapmanız gereken başka bir şey yok.",
    gate.Route.SELF_MANAGED: "Portalda işiniz kalmadı; İYS'ye kayıt ve onayların aktarımı sizde.",
}


def whose_turn(turn: Party, *, mine: bool) -> str:
    """In words for somebody of the company; `mine` when that person may act in the company's turn."""
    return "Sıra firmanızda" if turn is Party.COMPANY and not mine else WHOSE_TURN[turn]


@dataclass(frozen=True, slots=True)
class StepCard:
    """One of the six steps. `waited` (business days) and `expected` (a sentence) are of the one to act on now."""

    number: int
    key: str
    title: str
    verdict: str
    state: str
    note: str
    is_current: bool
    since: datetime | None
    stale: bool
    waited: int = 0
    expected: str = ""


@dataclass(frozen=True, slots=True)
class NextThing:
    """The one thing that happens next; `mine` when it is for whoever looks to do it. `remarks`: (label, text)."""

    step: StepCard
    headline: str
    turn: str
    mine: bool
    reason: str
    remarks: tuple[changes.Asked, ...]
    held: bool


@dataclass(frozen=True, slots=True)
class Board:
    reference: str
    steps: tuple[StepCard, ...]
    next: NextThing | None
    finished: bool
    closed: bool
    closing: str
    closing_reason: str
    where: str
    marks: tuple[Attention, ...]

    @property
    def lead(self) -> str:
        """All that the page says first, in one line."""
        return f"{self.where} {self.next.turn}: {self.next.headline}." if self.next else self.where

    @property
    def needed(self) -> tuple[StepCard, ...]:
        """The steps of this company's way: all six, or the declaration alone."""
        return tuple(step for step in self.steps if step.verdict != gate.Status.NOT_NEEDED.value)


def board(application: Application, *, mine: bool = True, ready: bool = False) -> Board:
    """`mine` as in `whose_turn`, for who looks; `ready` when nothing is left in the current step but to send.

    Queries beside the application: its records, for a wait that is older than today the days that count otherwise
    than the calendar has them, and what was remarked or marked.
    """
    records = {record.step: record for record in application.records.all()}
    verdicts = application.verdicts()
    current = gate.current(verdicts) if application.closed_at is None else None
    cards = tuple(
        _card(verdict, records[verdict.step.key], current, application, ready=ready) for verdict in verdicts
    )
    following = _next(application, current, cards, records, mine=mine, ready=ready) if current else None
    return Board(
        reference=application.reference,
        steps=cards,
        next=following,
        finished=application.finished_at is not None,
        closed=application.closed_at is not None,
        closing=application.get_closing_display(),
        closing_reason=application.closing_reason,
        where=_where(application, following),
        marks=marks_of(records.values()),
    )


# Of what the company's own pages say otherwise: what was typed, and whose work it is now.
SUPPORTS_OWN = (AttentionKind.OTHER_FIRM, AttentionKind.CODE_CORRECTED, AttentionKind.EARLY_ANSWER)


def marks_of(records: Iterable[StepRecord]) -> tuple[Attention, ...]:
    """What support looks at. That the company itself, or support, takes long is not for the company's page, nor is
    what is SUPPORTS_OWN."""
    marked = [record.pk for record in records if record.flagged_at]
    if not marked:
        return ()
    marks = Attention.objects.open().filter(record__in=marked).select_related("record")
    own_wait = Q(kind=AttentionKind.WAITS_LONG) & ~Q(record__turn=Party.IYS)
    return tuple(marks.exclude(own_wait | Q(kind__in=SUPPORTS_OWN)))


def _card(
    verdict: gate.Verdict,
    record: StepRecord,
    current: gate.Verdict | None,
    application: Application,
    *,
    ready: bool,
) -> StepCard:
    step = verdict.step
    label = READY if ready and verdict is current else record.state_label
    notes = {
        gate.Status.LOCKED: locked_note(step, record, application),
        gate.Status.NOT_NEEDED: "Sizin yolunuzda gerekmiyor",
    }
    now = timezone.now()
    # A held step waits for people and not for what usually happens.
    usual = verdict is current and not record.held
    return StepCard(
        number=step.number,
        key=step.key,
        title=step.title,
        verdict=verdict.status.value,
        state=record.state,
        note=notes.get(verdict.status, "Yeniden onayınızı bekliyor" if record.stale else label),
        is_current=verdict is current,
        since=record.since if verdict.active or verdict.status is gate.Status.DONE else None,
        stale=record.stale,
        waited=_waited(record, now) if verdict is current else 0,
        expected=expected_wait.sentence(record.step, record.state, record.turn, record.since, now)
        if usual
        else "",
    )


def _waited(record: StepRecord, now: datetime) -> int:
    began, today = timezone.localdate(record.since), timezone.localdate(now)
    return business_days_between(began, today, DayException.objects.by_day()) if began < today else 0


def locked_note(step: Step, record: StepRecord, application: Application) -> str:
    """When a step that is locked opens; in words for everybody."""
    if application.closed_at is not None:
        return "Bu adıma gelinmedi"
    waits = f"yeniden onaylanır ({record.mark_reason})" if record.stale else "açılır"
    return f"{step.number - 1}. adım bitince {waits}"


def _next(
    application: Application,
    current: gate.Verdict,
    cards: tuple[StepCard, ...],
    records: dict[str, StepRecord],
    *,
    mine: bool,
    ready: bool,
) -> NextThing:
    record = records[current.step.key]
    turn = current.turn or Party.SYSTEM
    remarks = changes.asked(application, step=current.step.key) if turn is Party.COMPANY else ()
    label = CORRECT if remarks and current.step is PRE_APPLICATION else record.state_label
    headline = "Destek ekibi bu adımı beklemeye aldı" if record.held else READY if ready else label
    return NextThing(
        step=cards[current.step.number - 1],
        headline=headline,
        turn=whose_turn(turn, mine=mine),
        mine=turn is Party.COMPANY and mine,
        reason=record.mark_reason if record.held or record.stale else record.reason,
        remarks=remarks,
        held=record.held,
    )


def _where(application: Application, following: NextThing | None) -> str:
    whole = application.route == gate.Route.FULL
    if application.finished_at is not None:
        return ENDED[gate.Route(application.route)]
    if following is None:
        return "Bu başvuru kapandı."
    return (
        f"6 adımdan {following.step.number}. adımdasınız." if whole else "Sizin yolunuzda tek iş var: beyanınız."
    )


def staff_moves(application: Application) -> list[tuple[StepRecord, tuple[Move, ...], tuple[Move, ...]]]:
    """For each step that the gate lets through: what staff may do, and what of İYS's word they may record."""
    if application.closed_at is not None:
        return []
    records = {record.step: record for record in application.records.all()}
    return [
        (
            records[verdict.step.key],
            verdict.step.allowed(records[verdict.step.key].standing, by=Party.STAFF),
            verdict.step.allowed(records[verdict.step.key].standing, by=Party.IYS),
        )
        for verdict in application.verdicts()
        if verdict.passable
    ]
