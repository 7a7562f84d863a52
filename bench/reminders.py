"""Reminders that are due, among many waits that are not: picking them, and the whole of what each brings about."""

import uuid
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction
from django.utils import timezone

from bench import databases, plain
from bench.databases import MANY
from bench.measure import Row
from correspondence.models import Letter
from onboarding.models import Reminder, StepRecord
from onboarding.reminders import due, sending

DUE = 200
AGO = timedelta(
    days=14
)  # at least three business days, and not the second reminder's day yet is told by `reminded`
PICK = (
    "SELECT id FROM onboarding_steprecord WHERE turn = 'company' AND NOT held AND reminded = 0 AND since < %s"
    " ORDER BY since, id LIMIT %s FOR UPDATE SKIP LOCKED"
)


@cache
def _now() -> datetime:
    return timezone.now()


def _among_many() -> AbstractContextManager[None]:
    return databases.inside(databases.of(MANY))


def _prepare() -> None:
    """The waits of the first companies began before; nobody has been reminded of them."""
    Reminder.objects.all().delete()
    Letter.objects.filter(idempotency_key__startswith="reminder:").delete()
    first = StepRecord.objects.filter(turn="company").order_by("pk").values("pk")[:DUE]
    StepRecord.objects.filter(pk__in=list(first.values_list("pk", flat=True))).update(
        since=_now() - AGO, reminded=0, escalated=False
    )
    with plain.asking() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_rows (id uuid PRIMARY KEY, of bigint, words text)")
        cursor.execute("TRUNCATE bench_rows")


def least_pick() -> None:
    with transaction.atomic(), plain.asking() as cursor:
        cursor.execute(PICK, [_now() - timedelta(days=7), DUE])
        _all_of(len(cursor.fetchall()))


def pick() -> None:
    """As the schedule does it: a batch in a transaction, and what comes after the last of it."""
    rules = due.active_rules()
    rule = next(each for each in rules if each.waits_for == "company")
    found = 0
    rest = due.to_remind(rule, rules, _now())[0]
    while True:
        with transaction.atomic():
            locked = rest.select_for_update(skip_locked=True, of=("self", "application", "application__company"))
            batch = list(locked[: sending.BATCH])
        found += len(batch)
        if len(batch) < sending.BATCH:
            break
        rest = due.further(rest, rule, batch[-1])
    _all_of(found)


def least_whole() -> None:
    """Picked, counted, and a slot, a letter and an entry written for each, by one statement."""
    with transaction.atomic(), plain.asking() as cursor:
        cursor.execute(
            f"WITH picked AS ({PICK}),"  # noqa: S608
            " counted AS (UPDATE onboarding_steprecord SET reminded = 1 WHERE id IN (SELECT id FROM picked)"
            " RETURNING id)"
            " INSERT INTO bench_rows SELECT gen_random_uuid(), counted.id, words FROM counted,"
            " unnest(ARRAY['slot', %s, 'entry']) AS words RETURNING id",
            [_now() - timedelta(days=7), DUE, f"letter {uuid.uuid4()}" * 40],
        )
        _all_of(len(cursor.fetchall()) // 3)


def whole() -> None:
    _all_of(sending.send_due(now=_now(), at_any_hour=True))


def _all_of(found: int) -> None:
    if found != DUE:
        raise RuntimeError(f"{found} of {DUE} were due; what was measured says nothing.")


ROWS = (
    Row(
        f"picking {DUE} reminders that are due of {MANY:,} waits",
        least_pick,
        pick,
        2.0,
        _prepare,
        _among_many,
    ),
    Row(
        f"making {DUE} reminders that are due of {MANY:,} waits",
        least_whole,
        whole,
        2.0,
        _prepare,
        _among_many,
    ),
)
