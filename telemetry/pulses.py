"""Pulses: who is at work writes that down, and who asks learns how long ago that was.

Both by the clock of the database. A pulse that lies ahead of it was written before the clock was set back: it
proves nothing, and the next one overwrites it.
"""

import hashlib
import logging
import threading
from collections.abc import Iterable
from datetime import timedelta

from django.db import connection
from django.db.models import DurationField, ExpressionWrapper, F
from django.db.models.functions import Now
from django.db.utils import Error as DatabaseTrouble

from telemetry.models import Pulse

logger = logging.getLogger(__name__)
BEAT, WORKER, MAILBOX = "beat", "worker", "mailbox:"
REFUSED = "refused:"  # by the server of a mailbox
FINDING = "finding"  # nothing was left to be written anew in the index of what support finds
LISTENER = "listener"  # who listens to the mailboxes knows which there are
NIGHT = "night"  # the nightly check has looked at everything
BACKUP = "backup"  # there is a backup that was loaded and read
BELL_SECONDS = 5.0  # between two pulses of beat
AHEAD = timedelta(seconds=-2)


def mark(name: str) -> None:
    """`name` is at work now."""
    row = Pulse(name=name, at=Now())
    Pulse.objects.bulk_create([row], update_conflicts=True, unique_fields=["name"], update_fields=["at"])


def forget(name: str) -> None:
    """`name` has ended in order, and is not missed."""
    Pulse.objects.filter(name=name).delete()


def of_mailbox(mailbox: str) -> str:
    """The pulse of a mailbox; its name holds an address, which is nothing for a row that everybody may read."""
    return MAILBOX + hashlib.sha256(mailbox.encode()).hexdigest()[:16]


def keep_mailboxes(mailboxes: Iterable[str]) -> None:
    """These are the mailboxes that are read; others were taken out of the settings and are no longer waited for.

    One that has never been reached has been late since now.
    """
    names = {of_mailbox(each) for each in mailboxes}
    known = set(Pulse.objects.filter(name__startswith=MAILBOX).values_list("name", flat=True))
    if gone := known - names:
        Pulse.objects.filter(name__in=gone).delete()
    Pulse.objects.bulk_create([Pulse(name=name, at=Now()) for name in names - known], ignore_conflicts=True)


def forget_older(beginning: str, than: timedelta) -> None:
    """Those whose names begin so, and that were at work longer ago."""
    Pulse.objects.filter(name__startswith=beginning, at__lte=Now() - than).delete()


def ages(beginning: str = "") -> dict[str, timedelta | None]:
    """How long ago each whose name begins so was at work; None for a pulse from the future."""
    since = ExpressionWrapper(Now() - F("at"), output_field=DurationField())
    rows = Pulse.objects.filter(name__startswith=beginning).annotate(since=since).values_list("name", "since")
    return {name: age if age >= AHEAD else None for name, age in rows}


class BeatsPulse:
    """Marks each bell that beat has handed to the broker, from a thread beside it: beat waits for no database."""

    def __init__(self) -> None:
        self._rung = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._write, name="pulse of beat", daemon=True).start()

    def ring(self, **_signal: object) -> None:
        self._rung.set()

    def _write(self) -> None:
        pause = threading.Event()
        while True:
            self._rung.wait()
            self._rung.clear()
            try:
                mark(BEAT)
            except DatabaseTrouble as error:
                logger.warning("The pulse of beat could not be written: %s", type(error).__name__)
                connection.close()
            pause.wait(BELL_SECONDS)
