"""Waiting at a mail server until it announces something (IDLE, RFC 2177). No mail is read here: who hears of one
has it fetched.

The first folder is waited for, as one line can; further ones (`?folder=Spam`) are read when the schedule says so.
"""

import re
import select
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from imap_tools import BaseMailBox

from correspondence.mailbox import TIMEOUT, ImapMailbox, OutOfReach

REISSUED = 9 * 60.0  # seconds; the RFC allows 29 minutes, some servers and many a NAT less
GAP = 0.3  # seconds between two looks at a server that says much
MOST_AT_ONCE = 64 * 1024  # bytes
# What a server says of its own accord that is no new mail: that it is still there, flags, mails taken away.
_NO_NEWS = re.compile(rb"\* (?:OK\b.*|\d+ (?:EXPUNGE|FETCH\b.*)|FLAGS\b.*)\r?\n?", re.IGNORECASE | re.DOTALL)
_BYE = re.compile(rb"\* BYE\b", re.IGNORECASE)


class CannotIdle(OSError):
    """The server does not offer it."""


class Idling:
    """`news` is called whenever something may have come, from the thread that runs this."""

    def __init__(self, mailbox: ImapMailbox, news: Callable[[], None]) -> None:
        self._mailbox, self._news = mailbox, news
        self._line: socket.socket | None = None
        self._over = threading.Event()

    def run(self) -> None:
        """Waits until `end`, or until the line is lost. Raises OSError: OutOfReach, Refused, CannotIdle."""
        with self._mailbox.session() as session:
            self._line = session.client.sock
            _keep_alive(self._line)
            session.folder.set(self._mailbox.folders[0], readonly=True)
            # Asked again: many servers offer more to those that are logged in.
            _status, offered = session.client.capability()
            if b"IDLE" not in b" ".join(offered).upper().split():
                raise CannotIdle(f"{self._mailbox.name} offers no IDLE")
            while not self._over.is_set():
                self._issue(session)

    def end(self) -> None:
        """From another thread: `run` returns or raises."""
        self._over.set()
        if self._line is not None:
            with suppress(OSError):
                # The socket's own: that of TLS would change what the other thread reads with.
                socket.socket.shutdown(self._line, socket.SHUT_RDWR)

    def _issue(self, session: BaseMailBox) -> None:
        """Once. What came before is not announced, so it counts as news."""
        session.idle.start()  # type: ignore[no-untyped-call]
        self._news()
        until = monotonic() + REISSUED
        while (left := until - monotonic()) > 0:
            announced = self._announced(session, left)
            if self._over.is_set():
                return
            if announced:
                self._news()
                self._over.wait(GAP)
        session.idle.stop()  # type: ignore[no-untyped-call]

    def _announced(self, session: BaseMailBox, seconds: float) -> bool:
        """Waits so long for something new. Raises OutOfReach when the server has ended the line."""
        # What came together with the answer to IDLE lies in a buffer, where nobody who waits for the line sees it.
        lines, _more = _said(session)
        if not lines:
            waiting = select.poll()  # knows lines with numbers above 1023, unlike select(2)
            waiting.register(session.client.sock, select.POLLIN)
            if not waiting.poll(seconds * 1000):
                return False
            lines, open_still = _said(session)
            if not (lines or open_still):
                raise OutOfReach(f"{self._mailbox.name}: the server has closed the line")
        if any(map(_BYE.match, lines)):
            raise OutOfReach(f"{self._mailbox.name}: the server has said BYE")
        return not all(map(_NO_NEWS.fullmatch, lines))


def _said(session: BaseMailBox) -> tuple[list[bytes], bool]:
    """The lines that are there, also half a one; and whether it is sure that the connection is open."""
    client, lines = session.client, list[bytes]()
    client.sock.settimeout(0)
    try:
        while sum(map(len, lines)) < MOST_AT_ONCE and (line := client.readline()):
            lines.append(line)
    except (BlockingIOError, ssl.SSLWantReadError):
        return lines, True
    finally:
        client.sock.settimeout(TIMEOUT)
    return lines, False


def _keep_alive(line: socket.socket) -> None:
    """The kernels talk each minute: a machine that is gone is noticed in two, and no NAT forgets the line."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    # Not every system has these.
    for name, value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 20), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, name):
            line.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
