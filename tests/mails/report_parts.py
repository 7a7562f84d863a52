"""What delivery reports are put together from, and what is to be read from them.

`report` is what a report says: `action` is the gravest thing that happened (failed or expired, then delayed, then
relayed or delivered), `recipients` are those that it happened to, in any order, and `letters` the Message-IDs of
the letters that came back, in any order. A key that is not there is not checked; where two actions are right, `action`
is a list. Only a report that came to the signed envelope sender of the very letter, and says that a recipient whom
the step needs was given up, moves anything; the partner's copy is not needed.
"""

from collections.abc import Sequence
from typing import Any

from tests.mails.make import DOMAIN, ENVELOPE_A, IYS, LETTER_A, OURS, TO_A, Corpus

COPY = "iys@kiyi.example"
GIVEN_UP = ("failed", "expired")
QUIET = ["person", "filed"]
EITHER = ["moves", "person"]
EXPIRED = ["expired", "failed"]
DATE = "Tue, 24 Nov 2026 14:05:00 +0300"
# How a mailbox gets what has no envelope sender.
NOTHING = ""
EMPTY = f"Return-Path: <>\nAuthentication-Results: {OURS}; none\n"
PIPE = f"Return-Path: <MAILER-DAEMON>\nX-Original-To: {ENVELOPE_A}\nDelivered-To: {ENVELOPE_A}\n"
LMTP = (
    f"Return-Path: <>\nDelivered-To: portal@{OURS}\nReceived: from {OURS}\n\tby {OURS} with LMTP\n"
    f"\tid 4JqLBzMVZWoqHQAA7vJ4Xw\n\t(envelope-from <>)\n\tfor <portal@{OURS}>; {DATE}\n"
)
SENDMAIL = f"Return-Path: <MAILER-DAEMON@{OURS}>\n"
EXIM = f"Return-path: <>\nEnvelope-to: {ENVELOPE_A}\nDelivery-date: {DATE}\n"
REPORT = 'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n\tboundary="sinir"\n'
MIXED = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="sinir"\n'
PLAIN = "Content-Type: text/plain; charset=us-ascii"
UTF_8 = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit"
HTML = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit"
STATUS = "Content-Type: message/delivery-status"
WHOLE = "Content-Type: message/rfc822"
HEADERS = "Content-Type: text/rfc822-headers"
REFUSED = "550 5.1.1 User unknown"
LETTER_HEAD = (
    f"Received: from portal (localhost [127.0.0.1])\n\tby {OURS} (Postfix) with ESMTPS id 4TzQ2k1Xy9z9sZ\n"
    f"\tfor <{IYS}>; {DATE}\nDate: {DATE}\nFrom: Mavi Deniz Turizm <{TO_A}>\nTo: {IYS}\nCc: {COPY}\n"
    f"Message-ID: {LETTER_A}\nSubject: =?utf-8?q?=C3=96n_ba=C5=9Fvuru?=\nMIME-Version: 1.0\n{UTF_8}\n"
)
LETTER = f"{LETTER_HEAD}\nSayın Yetkili,\n\nMavi Deniz Turizm'in ön başvurusunu ekte sunarız.\n"


def parts(*pieces: tuple[str, str], boundary: str = "sinir") -> str:
    """A body of several parts: (head, body) of each."""
    return "".join(f"--{boundary}\n{head}\n\n{body}\n" for head, body in pieces) + f"--{boundary}--\n"


def fields(address: str = IYS, action: str = "failed", status: str = "5.1.1", said: str = REFUSED) -> str:
    """What a machine part says of one recipient (RFC 3464, 2.3)."""
    return (
        f"Final-Recipient: rfc822; {address}\nOriginal-Recipient: rfc822;{address}\nAction: {action}\n"
        f"Status: {status}\nRemote-MTA: dns; mail.iys.org.tr\nDiagnostic-Code: smtp; {said}\n"
    )


COPY_FULL = fields(COPY, status="5.2.2", said="552 5.2.2 Mailbox full")
LATE = {"action": "delayed", "status": "4.4.1", "said": "451 4.4.1 Connection timed out"}


def status(*recipients: str, server: str = OURS) -> str:
    return "\n".join([f"Reporting-MTA: dns; {server}\nArrival-Date: {DATE}\n", *recipients])


def add(
    corpus: Corpus,
    name: str,
    head: str,
    body: str,
    *,
    top: str = EMPTY,
    to: str = ENVELOPE_A,
    action: str | list[str] | None = "failed",
    recipients: Sequence[str] | None = (IYS,),
    letters: Sequence[str] | None = (LETTER_A,),
    **more: Any,
) -> None:
    """`head` is all but To, Date and Message-ID; `letters=()`: no trace of the letter, None: not checked."""
    raw = f"{top}To: {to}\nDate: {DATE}\nMessage-ID: <{name}@rapor.example>\n{head}\n{body}"
    said = {"action": action, "recipients": recipients, "letters": letters}
    given_up = bool(set(GIVEN_UP) & {action if isinstance(action, str) else (action or [""])[0]})
    outcome: str | list[str] = QUIET
    if given_up and IYS in (recipients or ()):
        outcome = "moves" if to == ENVELOPE_A else "person"
    outcome = more.pop("outcome", outcome)
    corpus.raw(
        f"report-{name}",
        raw.encode().replace(b"\n", b"\r\n"),
        **{
            "kind": "bounce" if given_up else None,
            "sender_authentication": "unverified",
            "owner": "A",
            "outcome": outcome,
            "dangerous": "moves" not in outcome,
            "report": {
                key: list(value) if isinstance(value, tuple) else value
                for key, value in said.items()
                if value is not None
            },
            **more,
        },
    )


def wrong_envelope() -> str:
    """As A's signed address, with a signature that nobody gave."""
    return f"b-{'l' * 26}-{'q' * 16}@{DOMAIN}"
