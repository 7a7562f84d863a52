"""Whether real letters could go out and answers come in: asked of the servers themselves, nothing is assumed."""

import secrets
import smtplib
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from correspondence.addresses import signed_address
from correspondence.incoming import fetching
from correspondence.mailbox import Mailbox, Position
from correspondence.models import UPLOADED, Mail, MailStatus, TrackingAddress, make_token
from correspondence.outgoing.smtp import Connection, Route
from correspondence.preflight import authserv
from correspondence.preflight.dns_records import Ask, Finding, Result, asker, dkim, dmarc, mx, spf
from correspondence.reading.parsing import Unreadable, envelope
from identifiers.hosts import is_loopback

LOOKED_AT = 200  # received mails in which our server's word is looked for
NOWHERE = Position(0, 0)


def domains() -> list[str]:
    """The domains that letters come from: the tracking addresses', and the portal's own address's."""
    return list(dict.fromkeys([settings.TRACKING_DOMAIN, settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]]))


def dns_findings(ask: Ask | None = None) -> Iterator[Finding]:
    ask = ask or asker(settings.DNS_SERVER)
    yield mx(settings.TRACKING_DOMAIN, ask)
    for domain in domains():
        yield spf(domain, ask)
        yield dkim(domain, settings.DKIM_SELECTORS, ask)
        yield dmarc(domain, ask)


def alignment_finding() -> Finding:
    """Whether SPF can align (RFC 7489, 3.1.2): envelope senders are of the tracking domain, whatever From says."""
    tracking, ours = settings.TRACKING_DOMAIN.lower(), settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].lower()
    if f".{tracking}".endswith(f".{ours}") or f".{ours}".endswith(f".{tracking}"):
        return Finding(Result.OK, f"Letters from {ours} are sent as {tracking}: SPF can align.")
    return Finding(
        Result.MISSING,
        f"Letters from {ours} are sent with envelope senders of {tracking}, another domain: SPF does not align, "
        f"so they pass DMARC by DKIM alone. Sign with a key of {ours}, or give DEFAULT_FROM_EMAIL that domain.",
    )


def smtp_finding() -> Finding:
    """Connects, starts TLS and logs in as every letter's delivery does; sends nothing."""
    route = Route.of_portal()
    place = f"{route.host}:{route.port}"
    connection = Connection(route)
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        # What a server says about a log-in may quote it.
        return Finding(Result.MISSING, f"SMTP server {place}: {type(error).__name__}.")
    finally:
        connection.close()
    if not is_loopback(route.host) and route.security == "none":
        return Finding(Result.MISSING, f"SMTP server {place}: reached, but without TLS (smtp+tls:// in SMTP_URL).")
    logged_in = "logged in" if route.user_name else "no log-in asked for"
    return Finding(Result.OK, f"SMTP server {place}: reached, {logged_in}.")


def mailbox_finding(mailbox: Mailbox) -> Finding:
    """Opens the mailbox and looks whether something lies there; takes nothing in, changes no flag."""
    folders = ", ".join(mailbox.folders)
    try:
        next(mailbox.waiting(lambda _folder: NOWHERE), None)
    except OSError as error:
        return Finding(Result.MISSING, f"Mailbox {mailbox.name} ({folders}): {type(error).__name__}.")
    return Finding(Result.OK, f"Mailbox {mailbox.name} ({folders}): reached.")


def authserv_finding() -> Finding:
    """Whether our receiving server writes results that can be believed, by what stands in received mails."""
    mails = Mail.objects.order_by("-received_at").exclude(mailbox__startswith=UPLOADED)[:LOOKED_AT]
    return authserv.finding(map(_headers_of, mails), settings.AUTHSERV_ID)


def _headers_of(mail: Mail) -> authserv.Headers:
    try:
        return envelope(fetching.raw_of(mail, head_only=True)).headers
    except Unreadable:
        return ()


def round_trips(mailboxes: list[Mailbox], *, seconds: float) -> Iterator[Finding]:
    """Mails a tracking address that is nobody's, and the envelope sender of a letter that nobody wrote: where
    İYS answers, and where mail servers report."""
    for address in (TrackingAddress(token=make_token()).email, signed_address(uuid4())):
        yield _round_trip(address, mailboxes, seconds=seconds)


def _round_trip(address: str, mailboxes: list[Mailbox], *, seconds: float) -> Finding:
    """Waits until the mail lies in one of the mailboxes; files it."""
    started = timezone.now()
    message_id = f"<{secrets.token_hex(16)}@{settings.TRACKING_DOMAIN}>"
    connection = Connection(Route.of_portal())
    try:
        connection.hand_over(
            sender=signed_address(uuid4()), needed=[address], also=[], content=_probe(address, message_id)
        )
    except (OSError, smtplib.SMTPException) as error:
        return Finding(Result.MISSING, f"Round trip: {address} was not accepted ({type(error).__name__}).")
    finally:
        connection.close()
    end = time.monotonic() + seconds
    while True:
        for mailbox in mailboxes:
            try:
                fetching.fetch(mailbox=mailbox)
            except OSError as error:
                return Finding(Result.MISSING, f"Round trip: {mailbox.name}: {type(error).__name__}.")
        for mail in Mail.objects.filter(received_at__gte=started):
            head = envelope(fetching.raw_of(mail, head_only=True))
            if head.message_id == message_id:
                Mail.objects.filter(pk=mail.pk).update(
                    status=MailStatus.FILED, status_why="Takip adresi denemesi (check_live)."
                )
                return _arrived(address, named=address in head.recipients)
        if time.monotonic() >= end:
            return Finding(Result.MISSING, f"Round trip: {address} came into no mailbox within {seconds:g} s.")
        time.sleep(1)


def _arrived(address: str, *, named: bool) -> Finding:
    if not named:
        return Finding(
            Result.MISSING,
            f"Round trip: the mail came, but no header names its address {address} (Delivered-To, To …).",
        )
    return Finding(Result.OK, f"Round trip: {address} came into the mailbox.")


def _probe(address: str, message_id: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = settings.DEFAULT_FROM_EMAIL, address
    message["Subject"], message["Message-ID"] = "Takip adresi denemesi", message_id
    message["Date"], message["Auto-Submitted"] = formatdate(localtime=True), "auto-generated"
    message.set_content("check_live")
    return message.as_bytes(policy=SMTP)
