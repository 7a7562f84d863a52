"""The read model of the company's home page: a few queries, one dataclass."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q
from django.utils import timezone

from journal.models import Entry, Event
from journal.parties import Party
from onboarding import gate
from onboarding.dossier import changes
from onboarding.dossier.e_signed import Awaited
from onboarding.machine import Move, Step
from onboarding.models import Application, Attention, AttentionKind, StepRecord
from onboarding.overview import expected_wait
from onboarding.overview.waited import days_waited
from onboarding.steps import DOSSIER, PANEL_SETTINGS, PARTNER_ASSIGNMENT, PRE_APPLICATION
from onboarding.steps.status_query import StatusQuery

WHOSE_TURN = {
    Party.COMPANY: "Sıra sizde",
    Party.STAFF: "Sıra destek ekibinde",
    Party.IYS: "Sıra İYS'de",
    Party.SYSTEM: "Portal çalışıyor",
}

# Of a step whose papers and data are whole: what its state asks for is done, sending is left. To who may send, and
# to who may not.
READY = "Her şey hazır, gözden geçirip gönderin"
READY_FOR_OTHERS = "Her şey hazır, gönderilmesi bekleniyor"
OWN_PACKAGE = "Destek ekibi paketinizi kontrol ediyor"
CORRECT = "Düzeltmeniz istendi"
RETURNED = "Formunuz geri gönderildi, düzeltip yeniden gönderin"
CONFIRM = "Bu adımın sonucu yeniden onay bekliyor"
# Where each way has led. Who sees to İYS alone has not come to the end by having said so here.
ENDED = {
    gate.Route.FULL: "Bütün adımlar tamamlandı.",
    gate.Route.EXEMPT: "Portalda yapmanız gereken başka bir şey yok.",
    gate.Route.SELF_MANAGED: "Portalda işiniz kalmadı; İYS'ye kayıt ve onayların aktarımı sizde.",
}


# What makes a dossier whole, as the journal has it: no step moves then.
MADE_WHOLE = (Event.FILLED_IN, Event.DOCUMENT_ADDED)


@dataclass(frozen=True, slots=True)
class Own:
    """How far the company's turn has come. `mine`: who looks can do what is left; `ready`: that is to send;
    `with_support`: support looks at a package that the company has already."""

    mine: bool = True
    ready: bool = False
    awaited: Awaited | None = None
    with_support: bool = False


WHOEVER = Own()


def whose_turn(turn: Party, own: Own) -> str:
    """In words for somebody of the company."""
    if turn is not Party.COMPANY:
        return WHOSE_TURN[turn]
    if own.with_support:
        return WHOSE_TURN[Party.STAFF]
    if own.awaited:
        return "Sıra imzalayanlarda" if len(own.awaited.names) > 1 else "Sıra imzalayanda"
    return WHOSE_TURN[turn] if own.mine else "Sıra firmanızda"


def headline(label: str, own: Own) -> str:
    """What is waited for in the company's turn; `label` is that of the state."""
    if own.with_support:
        return OWN_PACKAGE
    if own.awaited:
        return own.awaited.words
    if own.ready:
        return READY if own.mine else READY_FOR_OTHERS
    return label


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
    is_iyss: bool  # the reason, in its own words
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
    def is_registered(self) -> bool:
        """At İYS all is done: there is no other way to go."""
        return len(self.needed) > 1 and self.next is not None and self.next.step.key == PANEL_SETTINGS.key

    @property
    def needed(self) -> tuple[StepCard, ...]:
        """The steps of this company's way: all six, or the declaration alone."""
        return tuple(step for step in self.steps if step.verdict != gate.Status.NOT_NEEDED.value)


def board(application: Application, own: Own = WHOEVER) -> Board:
    """`own` is of the current step.

    Queries beside the application: its records, for a wait that is older than today the days that count otherwise
    than the calendar has them, and what was remarked or marked.
    """
    records = {record.step: record for record in application.records.all()}
    verdicts = application.verdicts()
    current = gate.current(verdicts) if application.closed_at is None else None
    # The reason of a doubt stands once: with the step that is in doubt now, else with the first that waits for it.
    explained = current.step.number + 1 if current and not records[current.step.key].stale else 0
    cards = tuple(
        _card(verdict, records[verdict.step.key], current, application, own, explained) for verdict in verdicts
    )
    following = _next(application, current, cards, records, own) if current else None
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
SUPPORTS_OWN = (
    AttentionKind.OTHER_FIRM,
    AttentionKind.CODE_CORRECTED,
    AttentionKind.EARLY_ANSWER,
    AttentionKind.OWN_PACKAGE,
)


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
    own: Own,
    explained: int,
) -> StepCard:
    step = verdict.step
    label = headline(record.state_label, own) if verdict is current else record.state_label
    notes = {
        gate.Status.LOCKED: locked_note(step, record, application, why=step.number == explained),
        gate.Status.NOT_NEEDED: "Sizin yolunuzda gerekmiyor",
    }
    now = timezone.now()
    since = _since(record, own) if verdict is current else record.since
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
        since=since if verdict.active or verdict.status is gate.Status.DONE else None,
        stale=record.stale,
        waited=days_waited([since], now)[0] if verdict is current else 0,
        expected=expected_wait.sentence(record.step, record.state, record.turn, record.since, now)
        if usual
        else "",
    )


def locked_note(step: Step, record: StepRecord, application: Application, *, why: bool = True) -> str:
    """When a step that is locked opens; in words for everybody. `why`: with the reason of a doubt."""
    if application.closed_at is not None:
        return "Bu adıma gelinmedi"
    doubt = f" ({record.mark_reason})" if why else ""
    waits = f"yeniden onaylanır{doubt}" if record.stale else "açılır"
    return f"{step.number - 1}. adım bitince {waits}"


def _next(
    application: Application,
    current: gate.Verdict,
    cards: tuple[StepCard, ...],
    records: dict[str, StepRecord],
    own: Own,
) -> NextThing:
    record = records[current.step.key]
    turn = current.turn or Party.SYSTEM
    is_remarked = turn is Party.COMPANY and current.step in DOSSIER
    remarks = changes.asked(application, step=current.step.key) if is_remarked else ()
    label = _label(current.step, record, is_asked=bool(remarks))
    return NextThing(
        step=cards[current.step.number - 1],
        headline="Destek ekibi bu adımı beklemeye aldı" if record.held else headline(label, own),
        turn=whose_turn(turn, own),
        mine=turn is Party.COMPANY and own.mine,
        reason=record.mark_reason if record.held or record.stale else record.reason,
        is_iyss=not (record.held or record.stale) and record.state == StatusQuery.CHANGES_ASKED,
        remarks=remarks,
        held=record.held,
    )


def _label(step: Step, record: StepRecord, *, is_asked: bool) -> str:
    """What is to be done, where the state alone does not say it."""
    if record.stale:
        return CONFIRM
    if is_asked and step is PRE_APPLICATION:
        return CORRECT
    if step is PARTNER_ASSIGNMENT and record.reason and record.state == step.initial:
        return RETURNED
    return record.state_label


def _since(record: StepRecord, own: Own) -> datetime:
    """Since when it says so: a state lasts while what it waits for becomes another."""
    if own.awaited:
        return max(record.since, own.awaited.since)
    if not own.ready:
        return record.since
    done = Entry.objects.filter(application_id=record.application_id, event__in=MADE_WHOLE, at__gt=record.since)
    return done.aggregate(last=Max("at"))["last"] or record.since


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
