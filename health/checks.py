"""What must be well, one line each.

A web process that cannot ask its database, or whose tables are not those of its code, answers no page: it is
taken out of the load balancer. Everything else degrades: each web process would be out at once, although pages and
the outbox go on without a worker, a broker or a store, and no other process would do better.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from health import figures, outside
from telemetry import pulses

LETTER_LATE = timedelta(minutes=10)
MAIL_LATE = timedelta(minutes=10)
MAILBOX_LATE = timedelta(minutes=10)
BEAT_LATE = timedelta(minutes=1)
LISTENER_LATE = timedelta(minutes=5)
FINDING_LATE = timedelta(minutes=10)  # a whole index is written anew in less
WORKER_LATE = timedelta(minutes=5)  # a turn of deliveries or a paper may stand before its bell
Pulses = Mapping[str, timedelta | None]
QUEUE_LONG = 1_000  # messages: more than an hour's bells


@dataclass(frozen=True, slots=True)
class Check:
    """`ask` says why not, or nothing when all is well; what it raises counts as no answer.

    `seconds` after which nobody waits for it any longer. `needed`: without it a web process is not ready.
    """

    name: str
    ask: Callable[[], str]
    seconds: float = 3.0
    needed: bool = False


def database() -> str:
    with figures.looking(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


@cache
def _migrations_of_the_code() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def migrations() -> str:
    with figures.looking():
        applied = set(MigrationRecorder.Migration.objects.values_list("app", "name"))
    missing = sorted(".".join(each) for each in _migrations_of_the_code() - applied)
    return f"{len(missing)} not applied, the first is {missing[0]}" if missing else ""


def broker() -> str:
    longest = max(outside.broker_lengths().values(), default=0)
    return f"{longest} messages wait in one queue" if longest > QUEUE_LONG else ""


def letters() -> str:
    with figures.looking():
        return _late("the oldest letter has been due", figures.letter_due_since(), LETTER_LATE)


def mails() -> str:
    with figures.looking():
        return _late("the oldest stored mail has waited", figures.mail_waits_since(), MAIL_LATE)


def silent(known: Pulses) -> dict[str, str]:
    """Of all who show that they are at work: why not, or nothing, by the names of their checks."""
    return {
        "mailboxes": _mailboxes(known),
        "beat": _beat(known),
        "worker": _worker(known),
        "finding": _finding(known),
        "listener": _listener(known),
    }


def mailboxes() -> str:
    return _mailboxes(_pulses())


def beat() -> str:
    return _beat(_pulses())


def worker() -> str:
    return _worker(_pulses())


def finding() -> str:
    return _finding(_pulses())


def listener() -> str:
    return _listener(_pulses())


def _mailboxes(known: Pulses) -> str:
    ages = [age for name, age in known.items() if name.startswith(pulses.MAILBOX)]
    if not ages:
        return "no mailbox was ever read"
    late = [age for age in ages if age is None or age > MAILBOX_LATE]
    if not late:
        return ""
    longest = max(each or MAILBOX_LATE for each in late)
    return f"{len(late)} of {len(ages)} were not read for up to {_long(longest)}"


def _beat(known: Pulses) -> str:
    return _silent("no bell was rung", known, pulses.BEAT, BEAT_LATE)


def _worker(known: Pulses) -> str:
    said = _silent("no worker has answered a bell", known, pulses.WORKER, WORKER_LATE)
    if said and _silent("", known, pulses.BEAT, BEAT_LATE):
        return f"{said}; beat rings none, so it cannot be told whether one would"
    return said


def _finding(known: Pulses) -> str:
    """What a silent worker explains is not told twice."""
    if _worker(known):
        return ""
    return _silent("the index of what is found was not up to date", known, pulses.FINDING, FINDING_LATE)


def _listener(known: Pulses) -> str:
    """Nothing hangs on it, so it is missed where it was seen before and has not ended in order."""
    if pulses.LISTENER not in known:
        return ""
    return _silent("nobody has listened to the mailboxes", known, pulses.LISTENER, LISTENER_LATE)


def _pulses() -> Pulses:
    with figures.looking():
        return pulses.ages()


def _silent(what: str, known: Pulses, name: str, late: timedelta) -> str:
    if name not in known:
        return f"{what} yet"
    age = known[name]
    if age is None:
        return f"{what} since the clock of the database was set back"
    return f"{what} for {_long(age)}" if age > late else ""


def _late(what: str, since: datetime | None, late: timedelta) -> str:
    age = timezone.now() - since if since else timedelta()
    return f"{what} for {_long(age)}" if age > late else ""


def _long(age: timedelta) -> str:
    seconds = round(age.total_seconds())
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"


CHECKS = (
    Check("database", database, needed=True),
    Check("migrations", migrations, needed=True),
    Check("broker", broker),
    Check("store", outside.store_fault),
    Check("letters", letters),
    Check("mails", mails),
    Check("mailboxes", mailboxes),
    Check("beat", beat),
    Check("worker", worker),
    Check("finding", finding),
    Check("listener", listener),
)
