"""A mail server that brings copies to a mailbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.faults.sink import Sink
from tests.scenarios.mailbox import ImapBox


class Relay(Sink):
    """A mail server that brings copies to a mailbox, and writes a log as Postfix does."""

    def __init__(self, copies: ImapBox) -> None:
        super().__init__()
        self.copies = copies
        self.log: list[str] = []
        self.subjects: list[str] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        message = message_from_bytes(raw, policy=policy.default)
        queue = f"4F{len(self.subjects):08d}"
        self.subjects.append(str(message["Subject"]))
        self.log += [
            f"Nov 27 03:10:01 mx postfix/cleanup[815]: {queue}: message-id={message['Message-ID']}",
            f"Nov 27 03:10:01 mx postfix/qmgr[99]: {queue}: from=<x@y.example>, size=81, nrcpt=1 (queue active)",
        ]
        if "kopya@kiyi.example" in envelope.rcpt_tos:
            self.copies.put(raw)
        return answer


@contextmanager
def relaying() -> Iterator[Relay]:
    """With a mailbox of its own on the real IMAP server."""
    found = Relay(ImapBox())
    found.start()
    yield found
    found.stop()
