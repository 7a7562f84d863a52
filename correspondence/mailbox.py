"""Where mail waits: IMAP in production, a Maildir for the embedded default, behind one protocol."""

import mailbox as stdlib_mailbox
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted


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


class Mailbox(Protocol):
    """`name` identifies the mailbox in the database: no password in it."""

    name: str
    folder: str

    def waiting(self, after: Position) -> Iterator[Fetched]:
        """The mails that are new after that position, oldest first. Raises OSError when out of reach."""
        ...

    def taken_in(self, fetched: Fetched) -> None:
        """Told once the mail is safely stored."""
        ...


class MaildirMailbox:
    """https://cr.yp.to/proto/maildir.html: what is stored moves from new/ to cur/."""

    folder = "INBOX"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = f"maildir:{path.name}"

    def waiting(self, after: Position) -> Iterator[Fetched]:
        stdlib_mailbox.Maildir(self.path, create=True)
        for file in sorted((self.path / "new").iterdir(), key=lambda entry: entry.stat().st_mtime_ns):
            yield Fetched(self.folder, 0, file.name, file.read_bytes())

    def taken_in(self, fetched: Fetched) -> None:
        # A second poller may have moved it already; the database took it in once all the same.
        with suppress(FileNotFoundError):
            (self.path / "new" / fetched.uid).rename(self.path / "cur" / f"{fetched.uid}:2,S")


class ImapMailbox:
    """IMAP4rev1 (RFC 3501). Reading goes by UID above the last one; flags are left as they are."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.secure = parts.scheme == "imaps"
        self.host = parts.hostname or "localhost"
        self.port = parts.port or (993 if self.secure else 143)
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.folder = unquote(parts.path.strip("/")) or "INBOX"
        self.name = f"imap:{self.user}@{self.host}"

    def waiting(self, after: Position) -> Iterator[Fetched]:
        box: BaseMailBox = (
            MailBox(self.host, self.port, timeout=30)
            if self.secure
            else MailBoxUnencrypted(self.host, self.port, timeout=30)
        )
        with box.login(self.user, self.password, initial_folder=self.folder) as session:
            validity = session.folder.status(self.folder, ["UIDVALIDITY"])["UIDVALIDITY"]
            start = after.last_uid + 1 if after.uid_validity == validity else 1
            # "n:*" always answers with the last mail, even when its UID is below n (RFC 3501, 6.4.8).
            found = session.uids(f"UID {start}:*")
            for uid in sorted((uid for uid in found if int(uid) >= start), key=int):
                # The parsed message would be written anew; what is kept must be the very bytes.
                _status, answer = session.client.uid("FETCH", uid, "(BODY.PEEK[])")
                for part in answer:
                    if isinstance(part, tuple):
                        yield Fetched(self.folder, validity, uid, part[1])

    def taken_in(self, fetched: Fetched) -> None:
        """Nothing to tell the server: the cursor row remembers."""


def open_mailbox(url: str) -> Mailbox:
    """The mailbox of a URL of MAILBOX_URLS: maildir:///path, imap://user:password@host/INBOX or imaps://…

    Raises ValueError for another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "maildir":
        return MaildirMailbox(Path(parts.path))
    if parts.scheme in ("imap", "imaps"):
        return ImapMailbox(url)
    raise ValueError(f"MAILBOX_URLS: the scheme {parts.scheme!r} is none of maildir, imap, imaps.")
