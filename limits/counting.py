"""The atomic counter: one statement, in the database that every process shares.

The cache cannot do it: Django's file cache reads, adds and writes (parallel requests beat a limit), and a Redis
that is restarted forgets. A row is locked until the transaction ends that counts in it, so whoever counts does it
first and in a transaction of its own: within a long one, all who share the row (those of a partner) would wait.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from limits.models import Counter
from limits.table import Measure

# PostgreSQL and SQLite both check the condition on the row as it is once it is locked: of requests that come at
# once, exactly as many pass as there is room for. The rows are locked in the order in which they are named.
_ADD = """
INSERT INTO limits_counter (key, measure, used, closes_at) VALUES {rows}
ON CONFLICT (key) DO UPDATE SET
    used = excluded.used + CASE WHEN limits_counter.closes_at <= %s THEN 0 ELSE limits_counter.used END,
    closes_at = CASE WHEN limits_counter.closes_at <= %s THEN excluded.closes_at ELSE limits_counter.closes_at END
WHERE limits_counter.closes_at <= %s
    OR limits_counter.used + excluded.used <= CASE excluded.key {limits} END
RETURNING key
"""


def add(counted: Mapping[str, Measure], *, amount: int, now: datetime) -> bool:
    """Counts `amount` more in the window of each measure; False, and nothing is counted, when one has no room.

    `counted`: the measures by the keys of those for whom is counted, everywhere in the same order.
    """
    if any(amount > measure.limit for measure in counted.values()):
        return False
    if not counted:
        return True
    # What is taken off again must not have been seen by others, who would be refused for it.
    with transaction.atomic(savepoint=False):
        done = _added(counted, amount, now)
        if len(done) < len(counted):
            take_off([key for key in counted if key in done], amount=amount)
            return False
    return True


def _added(counted: Mapping[str, Measure], amount: int, now: datetime) -> set[str]:
    """The keys for which there was room."""
    adapted = connection.ops.adapt_datetimefield_value
    rows, limits = "(%s, %s, %s, %s)", "WHEN %s THEN %s "
    asked = _ADD.format(rows=", ".join([rows] * len(counted)), limits=limits * len(counted))
    values: list[Any] = []
    for key, measure in counted.items():
        values += [key, measure.name, amount, adapted(now + measure.window)]
    values += [adapted(now)] * 3
    for key, measure in counted.items():
        values += [key, measure.limit]
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        return {key for (key,) in cursor.fetchall()}


def take_off(keys: list[str], *, amount: int) -> None:
    """Gives back what was counted, where the window is still open.

    One statement a row, in the order in which `add` is called: one for all of them would lock the rows in an order
    of its own, and two who count for the same person would wait for each other.
    """
    now = timezone.now()
    for key in keys:
        rows = Counter.objects.filter(key=key, closes_at__gt=now, used__gte=amount)
        rows.update(used=F("used") - amount)


def forget_closed() -> int:
    """Deletes the counters of windows that have closed; returns how many."""
    return Counter.objects.filter(closes_at__lte=timezone.now()).delete()[0]
