"""Listens to every mailbox that is read by IMAP, and has it fetched when its server announces a mail.

It reads and moves nothing, and nothing hangs on it: a bell that is not rung is rung by the schedule. Each mailbox
has a thread, which sleeps before its own server: one that stands still holds up no other. Threads ask no database.
"""

import logging
import random
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from time import monotonic

from django.db import connection
from django.db.utils import Error as DatabaseTrouble

from correspondence.incoming.idling import CannotIdle, Idling
from correspondence.incoming.sources import mailboxes
from correspondence.mailbox import REFUSED_PAUSE, ImapMailbox, Refused
from telemetry import pulses

logger = logging.getLogger(__name__)
LOOKED = 10.0  # seconds between two looks at which mailboxes there are
MOST = 500  # mailboxes
STARTED = 0.02  # seconds between the beginnings of two: they may be of one server
LASTED = 60.0  # seconds after which a line was a good one
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0  # seconds before the next try, twice as long after each
NO_IDLE_PAUSE = 3600.0
Ring = Callable[[str], None]  # has the mailbox of this name fetched


@dataclass(slots=True)
class Pauses:
    """How long is waited after each line that was lost."""

    next: float = FIRST_PAUSE

    def after(self, error: Exception, lasted: float) -> float:
        if isinstance(error, Refused):
            return REFUSED_PAUSE
        if isinstance(error, CannotIdle):
            return NO_IDLE_PAUSE
        pause = FIRST_PAUSE if lasted > LASTED else self.next
        self.next = min(pause * 2, LONGEST_PAUSE)
        # Those that one server has lost together do not come back together.
        return pause * random.uniform(0.5, 1.0)  # noqa: S311 - nothing is secret about it


class Listener(threading.Thread):
    """Of one mailbox, until it is told to end. What is the matter is said once, as long as it is the same."""

    def __init__(self, mailbox: ImapMailbox, ring: Ring) -> None:
        super().__init__(name="listener", daemon=True)
        self._mailbox, self._ring = mailbox, ring
        self._over = threading.Event()
        self._idling = Idling(mailbox, self._hear)
        self._said = ""

    def run(self) -> None:
        pauses = Pauses()
        while not self._over.is_set():
            began = monotonic()
            try:
                self._idling.run()
            except Exception as error:  # noqa: BLE001 - whatever a server makes a library raise ends this line alone
                if not self._over.is_set():
                    self._say(logging.WARNING, f"is left to the schedule for now: {type(error).__name__}")
                    self._over.wait(pauses.after(error, monotonic() - began))

    def end(self) -> None:
        self._over.set()
        self._idling.end()

    def _hear(self) -> None:
        self._say(logging.INFO, "is listened to")
        self._ring(self._mailbox.name)

    def _say(self, level: int, what: str) -> None:
        if what != self._said:
            self._said = what
            logger.log(level, "Mailbox %s %s", self._mailbox.name, what)


class Listening:
    """All of them, kept as the mailboxes are that are read."""

    def __init__(self, ring: Ring) -> None:
        self._ring = ring
        self._listeners: dict[str, Listener] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="listening", daemon=True)
        self._too_many = False

    def begin(self) -> None:
        self._thread.start()

    def end(self, seconds: float) -> None:
        """Within so many seconds, whatever database and mail servers do: what has not ended by then ends with the
        process."""
        self._over.set()
        until = monotonic() + seconds
        for thread in (self._thread, *self._end_all_but(())):
            if thread.is_alive():
                thread.join(max(until - monotonic(), 0))

    def look(self) -> None:
        """A mailbox that is new gets its thread, one that is read no more or with another password loses it."""
        found = {each.url: each for each, _partner in mailboxes() if isinstance(each, ImapMailbox)}
        if len(found) > MOST and not self._too_many:
            logger.warning("%s mailboxes are left to the schedule: %s are listened to", len(found) - MOST, MOST)
        self._too_many = len(found) > MOST
        wanted = dict(islice(found.items(), MOST))
        self._end_all_but(wanted)
        for url in wanted.keys() - self._listeners.keys():
            if self._over.wait(STARTED):
                return
            self._listeners[url] = Listener(wanted[url], self._ring)
            self._listeners[url].start()

    def _end_all_but(self, wanted: Collection[str]) -> list[Listener]:
        ended = [self._listeners.pop(url) for url in [*self._listeners] if url not in wanted]
        for listener in ended:
            listener.end()
        return ended

    def _keep(self) -> None:
        while not self._over.is_set():
            try:
                self.look()
                pulses.mark(pulses.LISTENER)
            except Exception as error:  # noqa: BLE001 - also a row that no key opens: the lines that there are stay
                logger.warning("Which mailboxes there are cannot be asked: %s", type(error).__name__)
            finally:
                connection.close()
            self._over.wait(LOOKED)
        # Who ends in order is missed by nobody.
        with suppress(DatabaseTrouble):
            pulses.forget(pulses.LISTENER)
        connection.close()
