"""A mail server that answers as it is told and keeps what it took."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings

from launch.stack import Ports


class Server:
    """`answer` is what it says to every mail; `answers` what it says to a subject with such an ending.

    `refuses` is what it says to a recipient. The answer "hang up" takes a mail and breaks the line.
    """

    def __init__(self) -> None:
        self.answer = "250 OK"
        self.answers: dict[str, str] = {}
        self.refuses: dict[str, str] = {}
        self.mails: list[bytes] = []
        self.sessions: set[int] = set()

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.sessions.add(id(session))
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        title = str(message_from_bytes(content, policy=policy.default)["Subject"])
        answer = next((said for end, said in self.answers.items() if title.endswith(end)), self.answer)
        if answer == "hang up":
            server.transport.abort()  # type: ignore[union-attr]
        if answer.startswith(("250", "hang up")):
            self.mails.append(content)
        return answer

    @property
    def messages(self) -> list[EmailMessage]:
        """What it took, oldest first."""
        return [message_from_bytes(raw, policy=policy.default) for raw in self.mails]

    @property
    def titles(self) -> list[str]:
        return [str(message["Subject"]) for message in self.messages]


@contextmanager
def running() -> Iterator[Server]:
    """The portal's mail server for as long as the block lasts."""
    handler = Server()
    port = Ports.free().smtp
    controller = Controller(handler, hostname="127.0.0.1", port=port, data_size_limit=40 * 1024 * 1024)
    controller.start()
    try:
        with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
            yield handler
    finally:
        controller.stop()
