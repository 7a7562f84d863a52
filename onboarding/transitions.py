"""The only writer of state: lock, ask the gate, compare and swap, journal, post letters; one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from correspondence.outgoing import outbox
from journal.entries import write
from journal.models import Entry, Event
from onboarding import gate
from onboarding.actor import Actor, NotAllowed, StaleState
from onboarding.letters import drafts, notices
from onboarding.machine import Move, Party, Standing, Step
from onboarding.models import Attention, AttentionKind, Closing, Onboarding, StepRecord
from onboarding.models.attention import forget
from onboarding.steps import BY_KEY


def perform(
    *,
    onboarding: Onboarding,
    step: Step,
    move: str,
    actor: Actor,
    reason: str = "",
    seen: int | None = None,
    data: dict[str, object] | None = None,
    more_follows: bool = False,
) -> StepRecord:
    """Makes one move of one step, wholly or not at all, and returns the step's new record.

    `seen` is the record's version on the screen that was clicked. `more_follows`: another move in the same
    transaction tells people what happened. Raises NotAllowed when the gate, the
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
        past_it = step.waits_for_letter(record.standing.state) and not step.waits_for_letter(after.state)
        if past_it and row.name != "letter_sent":
            # What has not gone by now must not go any more.
            outbox.recall(subject_id=attempt.pk, topic=step.key, why=f"Adım ilerledi: {row.label}")
        now = timezone.now()
        left = _as_it_stood(record)
        _swap(record, after, reason=reason, marks=row.holds is not None, now=now)
        if row.reopens:
            _mark_later_steps_stale(step, records, reason or row.label, now)
        verdicts = _refresh_turns(attempt, records, now)
        _nobody_waits_long_any_more(records, now)
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
            drafts.post(name, onboarding=attempt, step=step, cause=f"{name}:{entry.pk}", reason=reason)
        _end(attempt, record, verdicts, actor, reason, now)
        notices.tell(attempt, verdicts, entry, row, by=actor.user, reason=reason, more_follows=more_follows)
    return record


def undo(*, onboarding: Onboarding, entries: Sequence[Entry], actor: Actor, reason: str) -> None:
    """Puts steps back where they stood before these moves, which were made together; oldest first in `entries`.

    Raises NotAllowed when something rests on them, with what staff may do instead; StaleState when a step
    is not where its move left it.
    """
    with transaction.atomic():
        attempt = Onboarding.objects.select_for_update().select_related("company__partner").get(pk=onboarding.pk)
        records = {record.step: record for record in attempt.records.all()}
        _refuse_undo(attempt, records, entries, reason)
        for entry in reversed(entries):
            record, before = records[entry.topic], entry.data["before"]
            if record.state != entry.data["state"]:
                raise StaleState
            record.state, record.turn = entry.data["left"], before["turn"]
            record.held, record.stale = before["held"], before["stale"]
            record.reason, record.mark_reason = before["reason"], before["mark_reason"]
            record.since = datetime.fromisoformat(entry.data["since"])
            _write(record)
        verdicts = _refresh_turns(attempt, records, timezone.now())
        if attempt.finished_at is not None and not gate.finished(verdicts):
            attempt.finished_at = None
            attempt.save(update_fields=["finished_at"])
        step = BY_KEY[entries[0].topic]
        entry = write(
            company=attempt.company,
            event=Event.UNDONE,
            text=f"{step.title}: geri alındı ({entries[0].text}) — {reason}",
            party=actor.party,
            actor=actor.user,
            subject=attempt.pk,
            topic=step.key,
            data={"of": [each.pk for each in entries], "state": records[step.key].state},
        )
        if drafts.told_of(entries):
            drafts.post("taken_back", onboarding=attempt, step=step, cause=f"undo:{entry.pk}", reason=reason)


def undone(onboarding: Onboarding) -> frozenset[int]:
    """The journal's numbers of the moves that were taken back."""
    taken_back = Entry.objects.filter(subject=onboarding.pk, event=Event.UNDONE)
    return frozenset(pk for entry in taken_back for pk in entry.data["of"])


def _refuse_undo(
    attempt: Onboarding, records: dict[str, StepRecord], entries: Sequence[Entry], reason: str
) -> None:
    if not reason.strip():
        raise NotAllowed("Bu işlem için bir neden yazmalısınız.")
    if attempt.closed_at is not None:
        raise NotAllowed("Bu başvuru kapanmış; üzerinde işlem yapılamaz.")
    if not entries or any("before" not in entry.data for entry in entries):
        raise NotAllowed("Geri alınacak bir hareket bulunamadı.")
    own, taken_back = {entry.pk for entry in entries}, undone(attempt)
    moves = Entry.objects.filter(subject=attempt.pk, event=Event.MOVED, pk__gt=entries[0].pk).order_by("pk")
    later = next((entry.text for entry in moves if entry.pk not in own | taken_back), "")
    letter = drafts.to_iys_since(attempt.pk, entries[-1].at)
    if not later and letter is None:
        return
    record = records[entries[0].topic]
    ways = [row.label for row in record.definition.allowed(record.standing, by=Party.STAFF) if row.holds is None]
    instead = f" Bunun yerine başvurunun sayfasında: {', '.join(ways)}." if ways else ""
    rests = f"“{later}”" if later else f"“{letter.title}” mektubu" if letter else ""
    raise NotAllowed(f"Geri alınamaz: sonrasında {rests} yapıldı ve buna dayanıyor.{instead}")


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
    if after.state != record.state:
        record.state, record.since = after.state, now
        record.reminded, record.escalated = 0, False
        record.reason = reason[:2000]
    record.held, record.stale = after.held, after.stale
    record.mark_reason = reason[:1000] if marks else (record.mark_reason if after.held or after.stale else "")
    _write(record)


def _write(record: StepRecord) -> None:
    before = record.version
    record.version = before + 1
    swapped = StepRecord.objects.filter(pk=record.pk, version=before).update(
        state=record.state,
        turn=record.turn,
        since=record.since,
        reminded=record.reminded,
        escalated=record.escalated,
        reason=record.reason,
        held=record.held,
        stale=record.stale,
        mark_reason=record.mark_reason,
        version=record.version,
    )
    if not swapped:
        raise StaleState


def _as_it_stood(record: StepRecord) -> dict[str, Any]:
    """What the journal keeps of a step before a move: how long it waited where, and how to take the move back."""
    return {
        "left": record.state,
        "since": record.since.isoformat(),
        "before": {
            "turn": record.turn,
            "held": record.held,
            "stale": record.stale,
            "reason": record.reason,
            "mark_reason": record.mark_reason,
        },
    }


def _mark_later_steps_stale(step: Step, records: dict[str, StepRecord], reason: str, now: datetime) -> None:
    for record in records.values():
        later = record.definition
        if later.number > step.number and record.standing.state in later.done:
            after = Standing(record.standing.state, record.held, stale=True)
            _swap(record, after, reason=f"{step.number}. adım yeniden açıldı: {reason}", marks=True, now=now)


def _refresh_turns(attempt: Onboarding, records: dict[str, StepRecord], now: datetime) -> tuple[gate.Verdict, ...]:
    """Repeats the gate's verdicts on the rows. A turn that begins, after a pause too, starts its clock anew."""
    standings = {key: record.standing for key, record in records.items()}
    verdicts = gate.board(gate.Route(attempt.route), standings)
    for verdict in verdicts:
        record = records[verdict.step.key]
        turn = verdict.turn.value if verdict.turn else ""
        if turn != record.turn:
            record.turn, record.since = turn, now
            record.reminded, record.escalated = 0, False
            StepRecord.objects.filter(pk=record.pk).update(turn=turn, since=now, reminded=0, escalated=False)
    return verdicts


def _nobody_waits_long_any_more(records: dict[str, StepRecord], now: datetime) -> None:
    """Settles the marks about a long wait of the steps whose wait has just ended."""
    ended = [record.pk for record in records.values() if record.flagged_at and record.since == now]
    if ended:
        waits = Attention.objects.filter(record__in=ended, kind=AttentionKind.WAITS_LONG)
        waits.settle(now=now, note="Adım ilerledi.")


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
        forget(attempt, now=now)
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
