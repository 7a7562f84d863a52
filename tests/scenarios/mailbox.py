"""A mailbox: a folder into which mails fall and from which the portal fetches; by itself or behind Dovecot."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from django.test import override_settings

from correspondence.models import Mail
from onboarding.mail import pipeline


class Maildir:
    """Files of one mail each; Dovecot reads the same folders."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name in ("tmp", "new", "cur"):
            (path / name).mkdir(parents=True, exist_ok=True)

    @property
    def url(self) -> str:
        return f"maildir://{self.path}"

    def put(self, raw: bytes, name: str = "") -> Path:
        """A mail falls in; `name` is what its file is called."""
        name = name or f"{uuid4().hex}.host"
        written = self.path / "tmp" / name
        written.write_bytes(raw)
        # A reader never meets half of a mail.
        return written.rename(self.path / "new" / name)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """The portal fetches from here, and from nowhere else."""
        with override_settings(MAILBOX_URLS=[self.url]):
            yield

    def brings(self, *raws: bytes) -> Mail:
        """The mails come, are fetched and applied; returns what became of the last one."""
        for raw in raws:
            self.put(raw)
        with self.watched():
            pipeline.run()
        return Mail.objects.latest("received_at")


class ImapBox:
    """A mailbox on the real IMAP server, of this test's own; Dovecot knows anybody who has the password."""

    def __init__(self, user: str = "", query: str = "") -> None:
        self.user = user or f"kutu-{uuid4().hex[:8]}"
        self.query = query

    @property
    def url(self) -> str:
        parts = urlsplit(os.environ["MAILBOX_URLS"])
        name = self.user.replace("@", "%40")
        netloc = re.sub(r"^[^:]+", name, parts.netloc, count=1)
        return urlunsplit(parts._replace(netloc=netloc, query=self.query))

    def files(self, folder: str = "") -> Maildir:
        return Maildir(Path(os.environ["TEST_MAILDIR_ROOT"]) / self.user / (f".{folder}" if folder else ""))

    def put(self, raw: bytes, folder: str = "") -> None:
        self.files(folder).put(raw)
