"""The same mails by IMAP, from a real Dovecot."""

import os
import re
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from correspondence.incoming import fetching
from correspondence.mailbox import Mailbox, Position, open_mailbox
from correspondence.models import Mail, MailboxCursor
from tests.scenarios.mails import RECEIVED, mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> str:
    return f"kutu-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def box(user: str, dovecot: None) -> Mailbox:
    """A mailbox of this test's own; Dovecot knows anybody who has the password."""
    parts = urlsplit(os.environ["MAILBOX_URLS"])
    return open_mailbox(urlunsplit(parts._replace(netloc=re.sub(r"^[^:]+", user, parts.netloc, count=1))))


def drop(user: str, raw: bytes) -> None:
    folder = Path(os.environ["TEST_MAILDIR_ROOT"]) / user
    for name in ("tmp", "new", "cur"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "new" / f"{uuid.uuid4().hex}.host").write_bytes(raw)


def test_the_very_bytes_come_over(box: Mailbox, user: str) -> None:
    raw = mail(text=RECEIVED)
    drop(user, raw)
    ((fetched,),) = box.waiting(lambda _folder: Position())
    assert fetched.raw == raw


def test_each_mail_is_stored_once(box: Mailbox, user: str) -> None:
    drop(user, mail(text=RECEIVED))
    assert fetching.fetch(mailbox=box) == 1
    assert fetching.fetch(mailbox=box) == 0
    drop(user, mail(text=RECEIVED, message_id="<2@iys.org.tr>"))
    assert fetching.fetch(mailbox=box) == 1


def test_a_lost_cursor_takes_nothing_in_twice(box: Mailbox, user: str) -> None:
    drop(user, mail(text=RECEIVED))
    fetching.fetch(mailbox=box)
    MailboxCursor.objects.all().delete()
    assert fetching.fetch(mailbox=box) == 0
    assert Mail.objects.count() == 1


def test_reading_leaves_the_flags_alone(box: Mailbox, user: str) -> None:
    drop(user, mail(text=RECEIVED))
    fetching.fetch(mailbox=box)
    names = [path.name for path in (Path(os.environ["TEST_MAILDIR_ROOT"]) / user / "cur").iterdir()]
    assert all("S" not in name.rpartition(":2,")[2] for name in names)


@pytest.mark.parametrize("url", ["pop3://a:b@host/", "ftp://x"])
def test_an_unknown_scheme_is_named(url: str) -> None:
    with pytest.raises(ValueError, match="MAILBOX_URLS"):
        open_mailbox(url)
