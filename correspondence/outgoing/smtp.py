"""One SMTP line, kept open for letter after letter: the portal's own, or a company's account.

Written over smtplib's primitives because three things must be known that `sendmail` hides: which recipients
were refused while others were accepted, whether the line broke before or after the letter was handed over,
and to which address of a name the line really leads.
"""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail.utils import DNS_NAME

from correspondence.models.sending import Security, SendingAccount
from fetcher.places import ForbiddenHost, public_address

ACCEPTED = (250, 251)
SECONDS_OF_ACCOUNT = 10.0  # a company's server may be slow, its letters must not keep the worker
PORTS_OF_ACCOUNTS = frozenset({25, 465, 587, 2525})


@dataclass(frozen=True)
class Route:
    """Where a line leads. `guarded`: the host was typed by a company, so that it may not be one of our own."""

    host: str
    port: int
    security: str
    user_name: str
    password: str
    seconds: float
    guarded: bool = False

    @classmethod
    def of_portal(cls) -> "Route":
        implicit = Security.TLS if settings.EMAIL_USE_SSL else Security.NONE
        return cls(
            host=settings.EMAIL_HOST,
            port=settings.EMAIL_PORT,
            security=Security.STARTTLS if settings.EMAIL_USE_TLS else implicit,
            user_name=settings.EMAIL_HOST_USER or "",
            password=settings.EMAIL_HOST_PASSWORD or "",
            seconds=settings.EMAIL_TIMEOUT,
        )

    @classmethod
    def of_account(cls, account: SendingAccount) -> "Route":
        return cls(
            host=account.host,
            port=account.port,
            security=account.security,
            user_name=account.user_name,
            password=account.password,
            seconds=SECONDS_OF_ACCOUNT,
            guarded=True,
        )


def permitted(host: str, port: int) -> str:
    """The address to which a line to a company's host may lead; raises ForbiddenHost when none may."""
    if settings.MAIL_MODE == "live" and port not in PORTS_OF_ACCOUNTS:
        raise ForbiddenHost(f"port {port} takes no letters")
    return public_address(host, port)


def _greeted(code: int, greeting: bytes) -> None:
    if code != 220:
        raise smtplib.SMTPConnectError(code, greeting)


class Connection:
    """A line that is opened at first need and again after it broke; `close` is safe at any moment."""

    def __init__(self, route: Route) -> None:
        self.route = route
        self.in_doubt = False  # whether a letter was handed over to which no answer came
        self._smtp: smtplib.SMTP | None = None

    @property
    def is_open(self) -> bool:
        return self._smtp is not None

    def lead(self, route: Route) -> None:
        """Leads there from the next letter on."""
        if route != self.route:
            self.close()
            self.route = route

    def open(self) -> smtplib.SMTP:
        """Raises OSError or smtplib.SMTPException when there is no line to be had."""
        if self._smtp is None:
            self._smtp = self._connect()
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        route = self.route
        context = ssl.create_default_context()
        options: dict[str, Any] = {"timeout": route.seconds, "local_hostname": DNS_NAME.get_fqdn()}
        smtp: Any = (
            smtplib.SMTP_SSL(context=context, **options)
            if route.security == Security.TLS
            else smtplib.SMTP(**options)
        )
        # The certificate is asked for this name, also when the line leads to an address that was looked at before.
        smtp._host = route.host  # noqa: SLF001
        try:
            address = permitted(route.host, route.port) if route.guarded else route.host
            _greeted(*smtp.connect(address, route.port))
            if route.security == Security.STARTTLS:
                smtp.starttls(context=context)
            if route.user_name:
                smtp.login(route.user_name, route.password)
            smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        opened: smtplib.SMTP = smtp
        return opened

    def hand_over(
        self, *, sender: str, needed: Sequence[str], also: Sequence[str], content: bytes
    ) -> dict[str, tuple[int, bytes]]:
        """Sends one letter; returns those of `also` that the server refused, with its answers.

        Raises smtplib.SMTPRecipientsRefused, and nobody gets the letter, when one of `needed` is refused;
        smtplib.SMTPResponseException for any other refusal; OSError or SMTPServerDisconnected when the line
        broke, with `in_doubt` set if the server may have taken the letter all the same.
        """
        self.in_doubt = False
        smtp = self.open()
        options = [f"size={len(content)}"] if smtp.does_esmtp and smtp.has_extn("size") else []
        code, answer = smtp.mail(sender, options)
        if code not in ACCEPTED:
            self._give_up(smtp, code)
            raise smtplib.SMTPSenderRefused(code, answer, sender)
        refused: dict[str, tuple[int, bytes]] = {}
        for recipient in (*needed, *also):
            code, answer = smtp.rcpt(recipient)
            if code not in ACCEPTED:
                refused[recipient] = (code, answer)
            if code == 421:
                break
        if lost := {each: refused[each] for each in needed if each in refused} or (refused if code == 421 else {}):
            self._give_up(smtp, code)
            raise smtplib.SMTPRecipientsRefused(lost)
        self.in_doubt = True
        try:
            code, answer = smtp.data(content)
        except smtplib.SMTPDataError as error:
            self.in_doubt = False
            self._give_up(smtp, error.smtp_code)
            raise
        self.in_doubt = False
        if code not in ACCEPTED:
            self._give_up(smtp, code)
            raise smtplib.SMTPDataError(code, answer)
        return refused

    def _give_up(self, smtp: smtplib.SMTP, code: int) -> None:
        """After a refusal the line serves the next letter, unless the server said that it is leaving (421)."""
        if code == 421:
            self.close()
            return
        try:
            smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (OSError, smtplib.SMTPException):
            smtp.close()
