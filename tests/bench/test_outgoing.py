"""What letters are measured beside brings the same mails to the server."""

from email import message_from_bytes
from email.message import Message
from email.policy import default

import pytest

from bench import outgoing
from correspondence.models import Letter
from correspondence.outgoing.message import on_the_line

pytestmark = pytest.mark.django_db


def _headers(mail: Message) -> dict[str, str]:
    """As they are read; what tells one mail from the other is left out."""
    ours = ("Date", "Message-ID", "X-Portal-Letter", "Content-Type")
    return {name: str(value) for name, value in mail.items() if name not in ours}


def test_the_least_loop_sends_what_the_portal_sends() -> None:
    to = outgoing.company()
    outgoing.post(to, 1)
    letter = Letter.objects.get()
    ours = message_from_bytes(on_the_line(letter), policy=default)
    body = outgoing._body(to)
    least = message_from_bytes(outgoing.content(outgoing.heads_of(to), "1", body), policy=default)
    assert {*ours.keys()} == {*least.keys()}
    assert _headers(ours) == _headers(least)
    for mine, other in zip(ours.walk(), least.walk(), strict=True):
        assert mine.get_content_type() == other.get_content_type()
        assert mine["Content-Transfer-Encoding"] == other["Content-Transfer-Encoding"]
        if not mine.is_multipart():
            assert mine.get_payload() == other.get_payload()
