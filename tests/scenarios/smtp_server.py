"""Mail servers that answer as they are told and keep what they took: the portal's, and one of an account."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from django.test import override_settings

from launch.ports import free_port

PATIENCE = 60.0  # seconds until it has to listen
SECRET = "uygulama-parolasi-42"  # of the account at a server where one signs in


class Server:
    """`answer` is what it says to every mail; `answers` what it says to a subject with such an ending.

    `refuses` is what it says to a recipient. The answer "hang up" takes a mail and breaks the line.
    """

    def __init__(self) -> None:
        self.answer = "250 OK"
        self.answers: dict[str, str] = {}
        self.refuses: dict[str, str] = {}
        self.mails: list[bytes] = []
        self.senders: list[str] = []  # envelope senders of the mails that it took
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
            self.senders.append(envelope.mail_from or "")
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
    port = free_port()
    controller = Controller(
        handler, hostname="127.0.0.1", port=port, ready_timeout=PATIENCE, data_size_limit=40 * 1024 * 1024
    )
    controller.start()
    try:
        with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
            yield handler
    finally:
        controller.stop()


class AccountServer(Server):
    """A mail server at which one has to sign in."""

    port: int

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 sign in first"
        envelope.mail_from = address
        return "250 OK"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        known = isinstance(data, LoginPassword) and data.password == SECRET.encode()
        return AuthResult(success=known, handled=False)


@contextmanager
def account_server() -> Iterator[AccountServer]:
    handler = AccountServer()
    handler.port = free_port()
    controller = Controller(
        handler,
        hostname="127.0.0.1",
        port=handler.port,
        ready_timeout=PATIENCE,
        authenticator=handler.authenticate,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()
