"""A journey finds nothing of one that went before it on the same servers."""

from tests.journeys.stage import own_environment, own_maildir
from tests.scenarios.mailbox import Maildir
from tests.scenarios.mails import mail


def test_its_mailbox_is_empty_when_it_begins(swift: None) -> None:
    Maildir(own_maildir()).put(mail(text="Merhaba"))
    own_environment()
    assert list(own_maildir().rglob("*.host")) == []
