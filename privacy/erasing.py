"""The nightly run: what has come to the end of its time goes, and the log says what went."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from correspondence.incoming.sources import mailboxes
from correspondence.models import MailboxCursor
from privacy import warning
from privacy.forgetting import Forgotten
from privacy.kinds import KINDS, Kind
from privacy.models import DataKind, Erasure, RetentionRule
from telemetry.progress import Far, unwatched

# Rows of one transaction; of companies and people so many a night at most: a wrong rule is noticed in time.
BATCH, A_NIGHT = 500, 25


@dataclass(frozen=True, slots=True)
class Due:
    """What a run takes, or would take: `left` is for the nights after. `told` are companies whose owners hear."""

    rule: RetentionRule
    count: int
    left: int
    told: int


def due(now: datetime | None = None) -> list[Due]:
    """What the rules in use would take away now. Changes nothing."""
    now = now or timezone.now()
    found = []
    for rule in RetentionRule.objects.filter(active=True):
        kind = KINDS[DataKind(rule.kind)]
        count = warning.due(rule, kind, now).count()
        taken = min(count, A_NIGHT) if kind.one_by_one else count
        told = min(warning.to_tell(rule, kind, now).count(), A_NIGHT)
        found.append(Due(rule, taken, count - taken, told))
    return found


def run(now: datetime | None = None, far: Far = unwatched) -> list[Erasure]:
    """Takes away what is due, each batch in a transaction of its own with its line in the log; and tells of what
    will be. `far` is told how many rows of the kind at hand have gone."""
    now = now or timezone.now()
    log = []
    for rule in RetentionRule.objects.filter(active=True):
        kind = KINDS[DataKind(rule.kind)]
        warning.tell(rule, kind, now, most=A_NIGHT)
        erase = _one_by_one if kind.one_by_one else _in_batches
        log += erase(rule, kind, now, partial(far, rule.kind))
    _old_cursors()
    return log


def _in_batches(rule: RetentionRule, kind: Kind, now: datetime, far: Callable[[int, int], None]) -> list[Erasure]:
    log: list[Erasure] = []
    rows, done = warning.due(rule, kind, now), 0
    while keys := list(rows.values_list("pk", flat=True)[:BATCH]):
        entry = _erase(rule, kind, rows.filter(pk__in=keys), subject="")
        if entry is None:
            break
        log.append(entry)
        done += len(keys)
        far(done, 0)
    return log


def _one_by_one(rule: RetentionRule, kind: Kind, now: datetime, far: Callable[[int, int], None]) -> list[Erasure]:
    rows = warning.due(rule, kind, now)
    keys = list(rows.values_list("pk", flat=True)[:A_NIGHT])
    log = []
    for done, key in enumerate(keys, 1):
        entry = _erase(rule, kind, rows.filter(pk=key), subject=str(key))
        log += [entry] if entry is not None else []
        far(done, len(keys))
    return log


def _erase(rule: RetentionRule, kind: Kind, rows: "QuerySet[Any]", *, subject: str) -> Erasure | None:
    """None when nothing went: the rows are not due any more."""
    with transaction.atomic():
        keys = list(rows.values_list("pk", flat=True))
        if not keys:
            return None
        return write_down(
            kind=DataKind(rule.kind),
            gone=kind.erase(rows.model._default_manager.filter(pk__in=keys)),  # noqa: SLF001
            why=f"{kind.after.capitalize()} {rule.days} gün sonra. {rule.basis}",
            subject=subject,
        )


def write_down(*, kind: DataKind, gone: Forgotten, why: str, subject: str = "", by: Any = None) -> Erasure:
    return Erasure.objects.create(
        kind=kind, subject=subject, rows=dict(gone.rows), files=gone.files, why=why[:500], by=by
    )


def _old_cursors() -> None:
    """How far a mailbox was read that is read no more says only that it once was."""
    known = [mailbox.name for mailbox, _partner in mailboxes()]
    MailboxCursor.objects.exclude(mailbox__in=known).delete()
