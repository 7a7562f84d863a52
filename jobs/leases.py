"""One at a time: of all workers that a bell wakes, one goes to a mailbox or over a line, the others do other work.

What is done under a lease is right without it, too: the rows decide who has a letter or a mail. It keeps workers
from standing in a row before a server that does not answer. Who dies or is frozen keeps a lease for `LASTS`.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.db.models.functions import Now
from django.db.utils import Error as DatabaseTrouble

from jobs.models import Lease

LASTS = timedelta(seconds=20)
RENEWED = 5.0  # seconds


@contextmanager
def held(name: str, *, once_more: Callable[[], None] | None = None) -> Iterator[bool]:
    """Whether this worker has the work now; then until the end of the block, however long that takes.

    With `once_more`, who finds it taken leaves word, and who has it calls that afterwards: what came too late for
    the first look is not left lying.
    """
    mine = Lease(name=name, holder=uuid4(), until=Now() + LASTS)
    while not _taken(mine):
        if once_more is None or Lease.objects.filter(name=name).update(wanted=True):
            yield False
            return
        # It was given back in between, and nobody would read the word.
    done = threading.Event()
    renewing = threading.Timer(RENEWED, _renew, (mine, done))
    renewing.daemon = True
    renewing.start()
    try:
        yield True
    finally:
        done.set()
        renewing.cancel()
        wanted = _given_back(mine)
    if wanted and once_more is not None:
        once_more()


def _taken(mine: Lease) -> bool:
    """By the clock of the database. One that has run out goes over by one statement: to one of all who ask."""
    _row, new = Lease.objects.get_or_create(name=mine.name, defaults={"holder": mine.holder, "until": mine.until})
    if new:
        return True
    over = Lease.objects.filter(name=mine.name, until__lt=Now())
    return bool(over.update(holder=mine.holder, until=mine.until, wanted=False))


def _given_back(mine: Lease) -> bool:
    """Whether somebody has left word. Taken away with the word or without it: none is left in between."""
    ours = Lease.objects.filter(name=mine.name, holder=mine.holder)
    unwanted, _of = ours.filter(wanted=False).delete()
    return not unwanted and bool(ours.delete()[0])


def _renew(mine: Lease, done: threading.Event) -> None:
    """From a thread beside the work, which may be waiting for a server."""
    try:
        while not done.is_set():
            Lease.objects.filter(name=mine.name, holder=mine.holder).update(until=Now() + LASTS)
            done.wait(RENEWED)
    except DatabaseTrouble:
        return  # the lease runs out, and the work may be taken over
    finally:
        connection.close()
