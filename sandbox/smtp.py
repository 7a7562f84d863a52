"""The receiving end: takes any mail, and says of each sender what a real mail server would say.

Authentication-Results that come in are stripped and our own is written (RFC 8601, 5): pass only for who
has signed in as the very address that the mail is from.
"""

import re
import secrets
import smtplib
from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from email.utils import formatdate, getaddresses

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from sandbox.config import Config
from sandbox.postoffice import PostOffice

_CLAIMS = re.compile(rb"^Authentication-Results:.*(?:\r?\n[ \t].*)*\r?\n", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(rb"^From:(.*(?:\r?\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)
Taken = Callable[[bytes, str], None]


class Handler:
    def __init__(self, office: PostOffice) -> None:
        self.office = office
        self.arrivals: list[Taken] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        user = str(session.auth_data) if session.authenticated else ""
        # aiosmtpd calls the null sender of a report "<>".
        raw = self._received(content, user, (envelope.mail_from or "").removeprefix("<>"))
        for recipient in dict.fromkeys(envelope.rcpt_tos):
            self.office.deliver(raw, recipient)
            for taken in self.arrivals:
                taken(raw, recipient)
        return "250 OK"

    def _received(self, content: bytes, user: str, mail_from: str) -> bytes:
        head, gap, body = content.partition(b"\r\n\r\n")
        head = _CLAIMS.sub(b"", head + b"\r\n").rstrip(b"\r\n")
        fields = [field.decode("utf-8", "replace") for field in _FROM.findall(head)]
        senders = [address for _name, address in getaddresses(fields)]
        domain = senders[0].rpartition("@")[2].lower() if senders else "unknown"
        honest = len(senders) == 1 and senders[0].lower() == user.lower() != ""
        verdict = "pass" if honest else "fail"
        ours = (
            f"Return-Path: <{mail_from}>\r\n"
            f"Received: by {self.office.config.authserv_id}; {formatdate(localtime=True)}\r\n"
            f"Authentication-Results: {self.office.config.authserv_id};"
            f" dmarc={verdict} header.from={domain};"
            f" dkim={verdict} header.d={domain};"
            f" spf={verdict} smtp.mailfrom={mail_from.rpartition('@')[2] or domain}\r\n"
        )
        return ours.encode() + head + gap + body


class MailServer:
    """The listening server and the one secret with which the sandbox's own people sign in."""

    def __init__(self, config: Config, office: PostOffice) -> None:
        self.config = config
        self.handler = Handler(office)
        self.secret = secrets.token_urlsafe(16)
        self.controller = Controller(
            self.handler,
            hostname=config.host,
            port=config.smtp_port,
            authenticator=self._authenticate,
            auth_require_tls=False,
            data_size_limit=40 * 1024 * 1024,
        )

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        if not isinstance(data, LoginPassword) or data.password != self.secret.encode():
            return AuthResult(success=False, handled=False)
        return AuthResult(success=True, auth_data=data.login.decode())

    def on_arrival(self, taken: Taken) -> None:
        """Has `taken` called with (raw mail, recipient) for whatever comes in."""
        self.handler.arrivals.append(taken)

    def start(self) -> None:
        self.controller.start()

    def stop(self) -> None:
        self.controller.stop()

    def submit(
        self,
        message: EmailMessage | bytes,
        *,
        sender: str,
        to: list[str],
        forged: bool = False,
        report: bool = False,
    ) -> None:
        """Sends a mail over SMTP like anybody else, signed in as its sender unless it is a forgery.

        A report goes out with the null sender, so that nothing ever answers it (RFC 5321, 4.5.5).
        """
        raw = message if isinstance(message, bytes) else message.as_bytes(policy=policy.SMTP)
        with smtplib.SMTP(self.config.host, self.config.smtp_port, timeout=20) as line:
            if not forged:
                line.ehlo()
                line.login(sender, self.secret)
            line.sendmail("" if report else sender, to, raw)
