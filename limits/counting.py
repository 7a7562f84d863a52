"""The atomic counter: one statement a measure, in the database that every process shares.

The cache cannot do it: Django's file cache reads, adds and writes (parallel requests beat a limit), and a Redis
that is restarted forgets. A row is locked until the transaction ends that counts in it, so whoever counts does it
first and in a transaction of its own: within a long one, all who share the row (those of a partner) would wait.
"""

from datetime import datetime

from django.db import connection
from django.db.models import F
from django.utils import timezone

from limits.models import Counter
from limits.table import Measure

# PostgreSQL and SQLite both check the condition on the row as it is once it is locked: of requests that come at
# once, exactly as many pass as there is room for.
_ADD = """
INSERT INTO limits_counter (key, measure, used, closes_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (key) DO UPDATE SET
    used = excluded.used + CASE WHEN limits_counter.closes_at <= %s THEN 0 ELSE limits_counter.used END,
    closes_at = CASE WHEN limits_counter.closes_at <= %s THEN excluded.closes_at ELSE limits_counter.closes_at END
WHERE limits_counter.closes_at <= %s OR limits_counter.used + excluded.used <= %s
RETURNING used
"""


def add(key: str, measure: Measure, *, amount: int, now: datetime) -> bool:
    """Counts `amount` more in the window; False, and nothing is counted, when there is no room for it."""
    if amount > measure.limit:
        return False
    moment, closes = (connection.ops.adapt_datetimefield_value(each) for each in (now, now + measure.window))
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD,
            [key, measure.name, amount, closes, moment, moment, moment, measure.limit],
        )
        return cursor.fetchone() is not None


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
