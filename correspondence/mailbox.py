"""Where mail waits: IMAP in production, a Maildir for the embedded default, behind one protocol."""

import imaplib
import mailbox as stdlib_mailbox
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.crypto import salted_hmac
from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError

MAX_BATCH = 50  # mails
MAX_BATCH_BYTES = 8 * 1024 * 1024  # a single larger mail comes by itself
TIMEOUT = 30  # seconds
# Servers count wrong passwords and shut the account, or the whole address for all who ask from there.
REFUSED_PAUSE = 900.0  # seconds until the same log-in is tried again
# Answers to a log-in that say nothing about the password (RFC 5530).
_FOR_NOW = re.compile(rb"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\b", re.IGNORECASE)


class OutOfReach(OSError):
    """The mailbox could not be opened or went away; what was not stored comes next time."""


class Refused(OutOfReach):
    """The server lets nobody in with this name and password."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail and where it lies. `uid_validity` 0 where the store has no such number (Maildir)."""

    folder: str
    uid_validity: int
    uid: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Position:
    """How far a folder was read before."""

    uid_validity: int = 0
    last_uid: int = 0


PositionOf = Callable[[str], Position]


class Connect(Protocol):
    """Opens a line to a host, if it may lead there; raises OSError."""

    def __call__(self, host: str, port: int, *, seconds: float) -> socket.socket: ...


class Mailbox(Protocol):
    """`name` identifies the mailbox in the database: no password in it. `user` is whose it is, if it says.

    `login` is another one with another password, and tells nothing of either.
    """

    name: str
    login: str
    user: str
    folders: tuple[str, ...]

    def waiting(self, position_of: PositionOf) -> Iterator[list[Fetched]]:
        """The mails of every folder that are new after its position, oldest first, in batches that fit into
        memory. Raises OutOfReach or another OSError."""
        ...

    def acknowledge(self, batch: Iterable[Fetched]) -> None:
        """Called once the mails are safely stored."""
        ...


class MaildirMailbox:
    """https://cr.yp.to/proto/maildir.html: what is stored moves from new/ to cur/. Folders as in Maildir++."""

    user = login = ""

    def __init__(self, path: Path, folders: Sequence[str] = ()) -> None:
        self.path = path
        self.name = f"maildir:{path.name}"
        self.folders = ("INBOX", *folders)

    def waiting(self, position_of: PositionOf) -> Iterator[list[Fetched]]:
        for folder in self.folders:
            place = self._place(folder)
            stdlib_mailbox.Maildir(place, create=True)
            files = [(file.stat().st_mtime_ns, file) for file in (place / "new").iterdir()]
            mails = (self._read(folder, file) for _when, file in sorted(files))
            yield from in_batches(mail for mail in mails if mail is not None)

    def _place(self, folder: str) -> Path:
        return self.path if folder == "INBOX" else self.path / f".{folder}"

    def _read(self, folder: str, file: Path) -> Fetched | None:
        try:
            return Fetched(folder, 0, file.name, file.read_bytes())
        except FileNotFoundError:
            return None  # another poller was faster

    def acknowledge(self, batch: Iterable[Fetched]) -> None:
        for fetched in batch:
            place = self._place(fetched.folder)
            # A second poller may have moved it already; it was stored once all the same.
            with suppress(FileNotFoundError):
                (place / "new" / fetched.uid).rename(place / "cur" / f"{fetched.uid}:2,S")


class ImapMailbox:
    """IMAP4rev1 (RFC 3501). Reading goes by UID above the last one; flags are left as they are."""

    def __init__(self, url: str, connect: Connect | None) -> None:
        parts = urlsplit(url)
        self.url = url
        self._connect = connect
        self.secure = parts.scheme == "imaps"
        self.host = parts.hostname or "localhost"
        self.port = parts.port or (993 if self.secure else 143)
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.folders = (unquote(parts.path.strip("/")) or "INBOX", *_further_folders(parts.query))
        self.name = f"imap:{self.user}@{self.host}"
        self.login = salted_hmac("correspondence.mailbox", url, algorithm="sha256").hexdigest()[:32]

    def waiting(self, position_of: PositionOf) -> Iterator[list[Fetched]]:
        with self.session() as session:
            for folder in self.folders:
                session.folder.set(folder, readonly=True)
                yield from self._new_in(session, folder, position_of(folder))

    @contextmanager
    def session(self) -> Iterator[BaseMailBox]:
        """Logged in, and out again. Raises OSError, OutOfReach and Refused among them."""
        try:
            opened = self._open()
            try:
                with opened.login(self.user, self.password, initial_folder=self.folders[0]) as session:
                    yield session
            finally:
                # Where no log-out was answered the line would stay open until it is collected.
                with suppress(OSError):
                    opened.client.shutdown()
        except (imaplib.IMAP4.error, ImapToolsError) as error:
            why = Refused if isinstance(error, MailboxLoginError) and _is_final(error) else OutOfReach
            # The server's words may quote the command; the log-in command holds the password.
            raise why(f"{self.name}: {type(error).__name__}") from error

    def _open(self) -> BaseMailBox:
        if self._connect is not None:
            return _Guarded(self.host, self.port, secure=self.secure, connect=self._connect)
        if self.secure:
            # Without a context of its own imaplib believes any certificate, and hands it the password.
            return MailBox(self.host, self.port, timeout=TIMEOUT, ssl_context=authorities())
        return MailBoxUnencrypted(self.host, self.port, timeout=TIMEOUT)

    def _new_in(self, session: BaseMailBox, folder: str, after: Position) -> Iterator[list[Fetched]]:
        validity = _validity(session)
        # Another validity means that the server has numbered its mails anew; what was stored is known by its
        # content.
        start = after.last_uid + 1 if after.uid_validity == validity else 1
        # "n:*" always answers with the last mail, even when its UID is below n (RFC 3501, 6.4.8).
        found = sorted(uid for uid in map(int, session.uids(f"UID {start}:*")) if uid >= start)
        for group in _groups(found, MAX_BATCH * 20):
            sizes = _sizes(session, group)
            for batch in by_size([uid for uid in group if uid in sizes], sizes):
                yield [Fetched(folder, validity, str(uid), raw) for uid, raw in _bodies(session, batch)]

    def acknowledge(self, batch: Iterable[Fetched]) -> None:
        """Nothing to tell the server: the cursor row remembers."""


def _is_final(error: MailboxLoginError) -> bool:
    """Whether it was the log-in that was refused, not the moment."""
    return not any(isinstance(said, bytes) and _FOR_NOW.search(said) for said in error.command_result[1])


@cache
def authorities() -> ssl.SSLContext:
    """Those that this machine believes. One for all lines: each holds a megabyte of them."""
    return ssl.create_default_context()


class _Guarded(BaseMailBox):
    """A mailbox whose host somebody typed: the line is opened by `connect`, which decides where it may lead."""

    def __init__(self, host: str, port: int, *, secure: bool, connect: Connect) -> None:
        self._place = host, port
        self._secure, self._connect = secure, connect
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        host, port = self._place
        line = self._connect(host, port, seconds=TIMEOUT)
        if self._secure:
            # The certificate is asked for the name, although the line leads to an address that was looked at.
            line = authorities().wrap_socket(line, server_hostname=host)
        return _On(line, host, port)


class _On(imaplib.IMAP4):
    """IMAP over a line that is open already."""

    def __init__(self, line: socket.socket, host: str, port: int) -> None:
        self._line = line
        super().__init__(host, port, timeout=TIMEOUT)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        self._line.settimeout(timeout)
        return self._line


def in_batches(mails: Iterable[Fetched]) -> Iterator[list[Fetched]]:
    """At most MAX_BATCH mails and, unless it is a single one, MAX_BATCH_BYTES at once."""
    batch: list[Fetched] = []
    size = 0
    for mail in mails:
        if batch and (len(batch) == MAX_BATCH or size + len(mail.raw) > MAX_BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(mail)
        size += len(mail.raw)
    if batch:
        yield batch


def by_size(uids: Sequence[int], sizes: dict[int, int]) -> Iterator[list[int]]:
    """The same for mails that are yet to be fetched."""
    batch: list[int] = []
    size = 0
    for uid in uids:
        if batch and (len(batch) == MAX_BATCH or size + sizes[uid] > MAX_BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(uid)
        size += sizes[uid]
    if batch:
        yield batch


def _groups(uids: list[int], count: int) -> Iterator[list[int]]:
    for start in range(0, len(uids), count):
        yield uids[start : start + count]


def _validity(session: BaseMailBox) -> int:
    """Of the folder that was opened: a server says it then (RFC 3501, 6.3.1)."""
    _code, (said,) = session.client.response("UIDVALIDITY")
    if said is None:
        raise imaplib.IMAP4.error("no UIDVALIDITY")
    return int(said)


def _sizes(session: BaseMailBox, uids: list[int]) -> dict[int, int]:
    """By UID, in bytes; a mail that was deleted meanwhile is left out."""
    _status, answer = session.client.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
    lines = [line if isinstance(line, bytes) else b" ".join(line) for line in answer if line]
    return {
        uid: size for line in lines if (uid := _number(b"UID", line)) and (size := _number(b"RFC822.SIZE", line))
    }


def _bodies(session: BaseMailBox, uids: list[int]) -> Iterator[tuple[int, bytes]]:
    # The parsed message would be written anew; what is kept must be the very bytes.
    _status, answer = session.client.uid("FETCH", ",".join(map(str, uids)), "(UID BODY.PEEK[])")
    for position, part in enumerate(answer):
        if isinstance(part, tuple):
            # Servers name the UID before the mail's bytes or after them.
            tail = answer[position + 1] if position + 1 < len(answer) else b""
            uid = _number(b"UID", part[0]) or _number(b"UID", tail if isinstance(tail, bytes) else b"")
            if uid:
                yield uid, part[1]


def _number(name: bytes, line: bytes) -> int:
    found = re.search(rb"\b" + re.escape(name) + rb" (\d+)", line)
    return int(found.group(1)) if found else 0


def _further_folders(query: str) -> tuple[str, ...]:
    return tuple(parse_qs(query).get("folder", ()))


def open_mailbox(url: str, *, connect: Connect | None = None) -> Mailbox:
    """The mailbox of a URL of MAILBOX_URLS: maildir:///path, imap://user:password@host/INBOX or imaps://…

    `?folder=Spam&folder=…` names further folders that are read too. `connect` opens the line when the host is not
    operations' word. Raises ValueError for another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "maildir":
        return MaildirMailbox(Path(parts.path), _further_folders(parts.query))
    if parts.scheme in ("imap", "imaps"):
        return ImapMailbox(url, connect)
    raise ValueError(f"MAILBOX_URLS: the scheme {parts.scheme!r} is none of maildir, imap, imaps.")
