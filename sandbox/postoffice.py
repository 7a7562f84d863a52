"""Every recipient's mail, in Maildirs: delivered as a real server does, and readable by people."""

import email
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from mailbox import Maildir
from pathlib import Path

from sandbox.config import Config

_SAFE = re.compile(r"[^A-Za-z0-9@._+-]")


@dataclass(frozen=True)
class Stored:
    """One mail of one address."""

    key: str
    raw: bytes
    arrived: float

    @property
    def message(self) -> EmailMessage:
        parsed = email.message_from_bytes(self.raw, policy=policy.default)
        if not isinstance(parsed, EmailMessage):
            raise TypeError("policy.default makes EmailMessages")
        return parsed


def text_of(message: EmailMessage) -> str:
    """The plain text, or the HTML's source when there is no plain text."""
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        text = content.decode(part.get_content_charset() or "utf-8", errors="replace")
    except LookupError:
        text = content.decode("utf-8", errors="replace")
    return text.replace("\r\n", "\n")


class PostOffice:
    def __init__(self, config: Config) -> None:
        self.config = config
        self.mail = config.root / "mail"
        self.mail.mkdir(parents=True, exist_ok=True)
        self._maildir(config.tracking_maildir)

    def _maildir(self, path: Path) -> Maildir:
        path.parent.mkdir(parents=True, exist_ok=True)
        return Maildir(path, create=True)

    def _box(self, address: str) -> Path:
        return self.mail / _SAFE.sub("_", address.lower())

    def deliver(self, raw: bytes, recipient: str) -> None:
        """Into the recipient's box, and once more to where its owner has it forwarded, as it came."""
        self._put(raw, recipient)
        if target := self.forwards().get(recipient.lower()):
            self._put(raw, target)

    def forwards(self) -> dict[str, str]:
        """Which boxes are forwarded, and where to."""
        file = self.config.root / "forwards.json"
        kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        return kept

    def forward(self, address: str, target: str) -> None:
        """Has whatever comes to the box forwarded from now on; an empty target ends it."""
        kept = {**self.forwards(), address.lower(): target.strip().lower()}
        (self.config.root / "forwards.json").write_text(json.dumps({each: to for each, to in kept.items() if to}))

    def _put(self, raw: bytes, recipient: str) -> None:
        """For the tracking domain into the portal's mailbox as well."""
        message_group = f"Delivered-To: {recipient}\r\n".encode() + raw
        self._maildir(self._box(recipient)).add(message_group)
        if recipient.lower().endswith(f"@{self.config.tracking_domain.lower()}"):
            self._maildir(self.config.tracking_maildir).add(message_group)

    def addresses(self) -> list[tuple[str, int]]:
        """(address, number of mails), in alphabetical order."""
        return [(path.name, sum(1 for _mail in (path / "new").iterdir())) for path in sorted(self.mail.iterdir())]

    def mails(self, address: str) -> Iterator[Stored]:
        """The newest first."""
        folder = self._box(address) / "new"
        if not folder.is_dir():
            return
        for path in sorted(folder.iterdir(), key=lambda each: each.stat().st_mtime_ns, reverse=True):
            yield Stored(path.name, path.read_bytes(), path.stat().st_mtime)

    def find(self, address: str, key: str) -> Stored | None:
        return next((stored for stored in self.mails(address) if stored.key == key), None)
