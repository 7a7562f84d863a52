"""What waits, and since when: bounded look-ups over an index, the same for the checks and for the metrics.

They go over the wall between companies, and bring back counts and times alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from functools import cache

from django.db import connection, transaction
from django.utils import timezone

from correspondence.models import Letter, LetterStatus, Mail, MailStatus
from health.models import Stuck, StuckKind
from wall.crossings import Crossing
from wall.roles import ROLES
from wall.standing import Standing, behind

MOST = 10_000  # how far is counted: what is more than this is a fault, however much more
STATEMENT_SECONDS = 2.0
# Those that are gone are most of the table, and nobody waits for them.
LETTERS = (LetterStatus.QUEUED, LetterStatus.SENDING, LetterStatus.HELD, LetterStatus.FAILED)
MAILS = (MailStatus.NEW, MailStatus.READ, MailStatus.EARLY, MailStatus.PERSON, MailStatus.BROKEN)


@cache
def _has_a_wall() -> bool:
    """Whether this process logs in as a web server does, whom the crossing lets over the wall. A worker has none
    to cross, and may not take a web server's role."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role(session_user, %s, 'MEMBER')", [ROLES["web"]])
        ((found,),) = cursor.fetchall()
    return bool(found)


@contextmanager
def looking() -> Iterator[None]:
    """The block asks for counts and ages over all companies; PostgreSQL ends a statement that takes too long."""
    crossed = behind(lambda: Standing("web", crossing=Crossing.HEALTH)) if _has_a_wall() else nullcontext()
    with crossed, transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = %s", [int(STATEMENT_SECONDS * 1000)])
        yield


def letter_due_since() -> datetime | None:
    """When the letter was due that waits longest of those that may go; none may while sending is stopped."""
    return Letter.objects.due(timezone.now()).values_list("due_at", flat=True).first()


def letters() -> dict[str, tuple[int, timedelta]]:
    """Of each state how many, up to MOST, and how long the oldest has been due."""
    now, found = timezone.now(), {}
    for status in LETTERS:
        rows = Letter.objects.filter(status=status).order_by()
        due = rows.filter(due_at__lte=now).order_by("due_at").values_list("due_at", flat=True)
        found[str(status)] = rows[:MOST].count(), _age(due.first())
    return found


def mail_waits_since() -> datetime | None:
    """When the oldest mail came of those that were stored and not yet worked on."""
    came = [_oldest_mail(status) for status in (MailStatus.NEW, MailStatus.READ)]
    return min((each for each in came if each is not None), default=None)


def mails() -> dict[str, tuple[int, timedelta]]:
    return {
        str(status): (Mail.objects.filter(status=status).order_by()[:MOST].count(), _age(_oldest_mail(status)))
        for status in MAILS
    }


def stuck() -> dict[str, int]:
    """Of each kind how many the last night has found and could not mend."""
    found = dict(Stuck.objects.order_by().values_list("kind", "count"))
    return {str(kind): found.get(kind, 0) for kind in StuckKind}


def connections() -> tuple[int, int]:
    """How many connections this database has, and how many PostgreSQL takes; nothing where there is none."""
    if connection.vendor != "postgresql":
        return 0, 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(numbackends)::int, current_setting('max_connections')::int FROM pg_stat_database"
        )
        ((used, most),) = cursor.fetchall()
    return used, most


def _oldest_mail(status: MailStatus) -> datetime | None:
    rows = Mail.objects.filter(status=status).order_by("received_at")
    return rows.values_list("received_at", flat=True).first()


def _age(since: datetime | None) -> timedelta:
    """A clock that was set back makes nothing younger than new."""
    return max(timezone.now() - since, timedelta()) if since else timedelta()
