"""The rows of the steps: where a move puts them, and how they are written. For `transitions` alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from onboarding import gate
from onboarding.actor import StaleState
from onboarding.machine import Standing, Step
from onboarding.models import Application, StepRecord


def stand(record: StepRecord, after: Standing, *, reason: str, marks: bool, now: datetime) -> None:
    """Puts the record where the move leads; it is not written yet."""
    if after.state != record.state:
        record.state, record.since = after.state, now
        record.reminded, record.escalated = 0, False
        record.reason = reason[:2000]
    record.held, record.stale = after.held, after.stale
    record.mark_reason = reason[:1000] if marks else (record.mark_reason if after.held or after.stale else "")


def _write(record: StepRecord) -> None:
    """Compare and swap. The row count is believed, not the lock: two writers, one winner."""
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


def as_it_stood(record: StepRecord) -> dict[str, Any]:
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


def doubt_later_steps(step: Step, records: dict[str, StepRecord], reason: str, now: datetime) -> list[StepRecord]:
    """The steps behind this one that are done, each with the mark that it rests on what was opened again."""
    found = []
    for record in records.values():
        later = record.definition
        if later.number > step.number and record.standing.state in later.done:
            after = Standing(record.standing.state, record.held, stale=True)
            stand(record, after, reason=f"{step.number}. adım yeniden açıldı: {reason}", marks=True, now=now)
            found.append(record)
    return found


def write_with_turns(
    application: Application, records: dict[str, StepRecord], moved: Sequence[StepRecord], now: datetime
) -> tuple[gate.Verdict, ...]:
    """Writes what has moved, and repeats the gate's verdicts on the rows of all steps. A turn that begins, after a
    pause too, starts its clock anew.
    """
    standings = {key: record.standing for key, record in records.items()}
    verdicts = gate.board(gate.Route(application.route), standings)
    turned = []
    for verdict in verdicts:
        record = records[verdict.step.key]
        turn = verdict.turn.value if verdict.turn else ""
        if turn != record.turn:
            record.turn, record.since = turn, now
            record.reminded, record.escalated = 0, False
            turned.append(record)
    for record in moved:
        _write(record)
    others = [record for record in turned if record not in moved]
    StepRecord.objects.bulk_update(others, ["turn", "since", "reminded", "escalated"])
    return verdicts
