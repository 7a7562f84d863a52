"""The same mails by IMAP, from a real Dovecot."""

import pytest

from correspondence.incoming import fetching
from correspondence.mailbox import Mailbox, Position, open_mailbox
from correspondence.models import Mail, MailboxCursor
from tests.scenarios.mailbox import ImapBox
from tests.scenarios.mails import RECEIVED, mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(dovecot: None) -> ImapBox:
    return ImapBox()


@pytest.fixture
def mailbox(box: ImapBox) -> Mailbox:
    return open_mailbox(box.url)


def test_the_very_bytes_come_over(box: ImapBox, mailbox: Mailbox) -> None:
    raw = mail(text=RECEIVED)
    box.put(raw)
    ((fetched,),) = mailbox.waiting(lambda _folder: Position())
    assert fetched.raw == raw


def test_each_mail_is_stored_once(box: ImapBox, mailbox: Mailbox) -> None:
    box.put(mail(text=RECEIVED))
    assert fetching.fetch(mailbox=mailbox) == 1
    assert fetching.fetch(mailbox=mailbox) == 0
    box.put(mail(text=RECEIVED, message_id="<2@iys.org.tr>"))
    assert fetching.fetch(mailbox=mailbox) == 1


def test_a_lost_cursor_takes_nothing_in_twice(box: ImapBox, mailbox: Mailbox) -> None:
    box.put(mail(text=RECEIVED))
    fetching.fetch(mailbox=mailbox)
    MailboxCursor.objects.all().delete()
    assert fetching.fetch(mailbox=mailbox) == 0
    assert Mail.objects.count() == 1


def test_reading_leaves_the_flags_alone(box: ImapBox, mailbox: Mailbox) -> None:
    box.put(mail(text=RECEIVED))
    fetching.fetch(mailbox=mailbox)
    names = [path.name for path in (box.files().path / "cur").iterdir()]
    assert all("S" not in name.rpartition(":2,")[2] for name in names)


@pytest.mark.parametrize("url", ["pop3://a:b@host/", "ftp://x"])
def test_an_unknown_scheme_is_named(url: str) -> None:
    with pytest.raises(ValueError, match="MAILBOX_URLS"):
        open_mailbox(url)
