"""The only writer of state: lock, ask the gate, compare and swap, journal, post letters; one transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from journal.entries import write
from journal.models import Event
from onboarding import gate, letters
from onboarding.machine import Move, Party, Role, Standing, Step
from onboarding.models import Closing, Onboarding, StepRecord
from tenancy.models import User


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a move. Staff who record what İYS said act as Party.IYS, with themselves as `user`."""

    party: Party
    user: User | None = None
    role: Role | None = None


SYSTEM = Actor(Party.SYSTEM)
IYS = Actor(Party.IYS)


class NotAllowed(Exception):
    """The gate or the table refuses the move; the text is a Turkish sentence for a screen."""


class StaleState(NotAllowed):
    """Somebody else was faster."""

    def __init__(self) -> None:
        super().__init__("Bu adımı sizden hemen önce başka biri ilerletti. Sayfa güncel durumu gösteriyor.")


class LetterChanged(NotAllowed):
    """What would be sent in the company's name is not what its owner saw and approved."""

    def __init__(self) -> None:
        super().__init__("Mektup siz baktıktan sonra değişti. Son hâlini okuyup yeniden onaylayın.")


def perform(
    *,
    onboarding: Onboarding,
    step: Step,
    move: str,
    actor: Actor,
    reason: str = "",
    seen: int | None = None,
    data: dict[str, object] | None = None,
) -> StepRecord:
    """Makes one move of one step, wholly or not at all, and returns the step's new record.

    `seen` is the record's version on the screen that was clicked. Raises NotAllowed when the gate, the
    table or a missing reason forbids it, StaleState when the record is not what was seen any more.
    """
    with transaction.atomic():
        attempt = Onboarding.objects.select_for_update().select_related("company__partner").get(pk=onboarding.pk)
        row = step.move(move)
        records = {record.step: record for record in attempt.records.all()}
        record = records[step.key]
        if seen is not None and seen != record.version:
            raise StaleState
        _refuse(attempt, records, row, step, actor, reason)
        after = step.after(row, record.standing)
        now = timezone.now()
        left = {"left": record.state, "since": record.since.isoformat()}
        _swap(record, after, reason=reason, marks=row.holds is not None, now=now)
        if row.reopens:
            _mark_later_steps_stale(step, records, reason or row.label, now)
        verdicts = _refresh_turns(attempt, records, now)
        entry = write(
            company=attempt.company,
            event=Event.MOVED,
            text=f"{step.title}: {row.label}" + (f" — {reason}" if reason else ""),
            party=actor.party,
            actor=actor.user,
            subject=attempt.pk,
            topic=step.key,
            data={"move": move, "state": record.state, **left, **(data or {})},
        )
        for name in row.letters:
            letters.post(name, onboarding=attempt, step=step, cause=f"{name}:{entry.pk}", reason=reason)
        _end(attempt, record, verdicts, actor, reason, now)
        if not letters.TELLING & set(row.letters):
            _tell_company(attempt, verdicts, actor, entry.pk, reason)
    return record


def can(onboarding: Onboarding, step: Step, move: str, actor: Actor) -> bool:
    """Whether the gate and the table would let the move happen now."""
    records = {record.step: record for record in onboarding.records.all()}
    return not refusal(onboarding, records, step.move(move), step, actor)


def refusal(attempt: Onboarding, records: dict[str, StepRecord], row: Move, step: Step, actor: Actor) -> str:
    """Why the move may not happen now, as a Turkish sentence; empty when it may."""
    if attempt.closed_at is not None:
        return "Bu başvuru kapanmış; üzerinde işlem yapılamaz."
    standings = {key: record.standing for key, record in records.items()}
    verdict = gate.verdict_of(step, gate.Route(attempt.route), standings)
    if verdict.because is not None:
        return f"Bu adım kilitli: önce {verdict.because.number}. adım ({verdict.because.title}) tamamlanmalı."
    if verdict.status is gate.Status.NOT_NEEDED:
        return "Seçtiğiniz yolda bu adım gerekmiyor."
    if not verdict.passable:
        return "Bu adım durduruldu."
    return step.refusal(row, standings[step.key], by=actor.party, role=actor.role)


def _refuse(
    attempt: Onboarding, records: dict[str, StepRecord], row: Move, step: Step, actor: Actor, reason: str
) -> None:
    why = refusal(attempt, records, row, step, actor)
    if why:
        raise NotAllowed(why)
    if row.reason_required and not reason.strip():
        raise NotAllowed("Bu işlem için bir neden yazmalısınız.")


def _swap(record: StepRecord, after: Standing, *, reason: str, marks: bool, now: datetime) -> None:
    """Compare and swap. The row count is believed, not the lock: two writers, one winner."""
    before = record.version
    if after.state != record.state:
        record.state, record.since = after.state, now
        record.reason = reason[:2000]
    record.held, record.stale = after.held, after.stale
    record.mark_reason = reason[:1000] if marks else (record.mark_reason if after.held or after.stale else "")
    record.version = before + 1
    swapped = StepRecord.objects.filter(pk=record.pk, version=before).update(
        state=record.state,
        since=record.since,
        reason=record.reason,
        held=record.held,
        stale=record.stale,
        mark_reason=record.mark_reason,
        version=record.version,
    )
    if not swapped:
        raise StaleState


def _mark_later_steps_stale(step: Step, records: dict[str, StepRecord], reason: str, now: datetime) -> None:
    for record in records.values():
        later = record.definition
        if later.number > step.number and record.standing.state in later.done:
            after = Standing(record.standing.state, record.held, stale=True)
            _swap(record, after, reason=f"{step.number}. adım yeniden açıldı: {reason}", marks=True, now=now)


def _refresh_turns(attempt: Onboarding, records: dict[str, StepRecord], now: datetime) -> tuple[gate.Verdict, ...]:
    """Repeats the gate's verdicts on the rows, and starts the clock of a step that has just opened."""
    standings = {key: record.standing for key, record in records.items()}
    verdicts = gate.board(gate.Route(attempt.route), standings)
    for verdict in verdicts:
        record = records[verdict.step.key]
        turn = verdict.turn.value if verdict.turn else ""
        if turn != record.turn:
            record.since = record.since if record.turn else now
            record.turn = turn
            StepRecord.objects.filter(pk=record.pk).update(turn=turn, since=record.since)
    return verdicts


def refresh_turns(attempt: Onboarding) -> None:
    """For a change of route, which is no move of any step."""
    _refresh_turns(attempt, {record.step: record for record in attempt.records.all()}, timezone.now())


def _end(
    attempt: Onboarding,
    record: StepRecord,
    verdicts: tuple[gate.Verdict, ...],
    actor: Actor,
    reason: str,
    now: datetime,
) -> None:
    """Closes the attempt when a step was stopped; notes when all six are done, or no longer are."""
    if record.standing.state in record.definition.stopped:
        attempt.closed_at = now
        attempt.closing = Closing.WITHDRAWN if record.state == "withdrawn" else Closing.REJECTED
        attempt.closing_reason = reason[:1000]
        StepRecord.objects.filter(onboarding=attempt).update(turn="")
        event, text = Event.CLOSED, f"Başvuru kapandı: {attempt.get_closing_display()}"
    elif gate.finished(verdicts) and attempt.finished_at is None:
        attempt.finished_at = now
        event, text = Event.FINISHED, "Gerekli bütün adımlar tamamlandı"
    else:
        if attempt.finished_at is not None and not gate.finished(verdicts):
            attempt.finished_at = None
            attempt.save(update_fields=["finished_at"])
        return
    attempt.save(update_fields=["closed_at", "closing", "closing_reason", "finished_at"])
    write(
        company=attempt.company,
        event=event,
        text=text,
        party=actor.party,
        actor=actor.user,
        subject=attempt.pk,
        topic=record.step,
    )


def _tell_company(
    attempt: Onboarding, verdicts: tuple[gate.Verdict, ...], actor: Actor, entry: int, reason: str
) -> None:
    """A letter to the company's people when the turn has come to them by somebody else's move."""
    if attempt.closed_at is not None:
        return
    current = gate.current(verdicts)
    if current is not None and current.turn is Party.COMPANY and actor.party is not Party.COMPANY:
        letters.post("your_turn", onboarding=attempt, step=current.step, cause=f"turn:{entry}", reason=reason)
    elif current is None and actor.party is not Party.COMPANY:
        letters.post("finished", onboarding=attempt, step=verdicts[-1].step, cause=f"end:{entry}")
