"""A mail from its bytes: only the headers that are needed, decoded late. PURE.

`policy=default` parses every header and costs 2.7 times as much; and mail is never decoded as a whole
first, which turns Turkish letters into U+FFFD.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice

from correspondence.reading import bounces, quotes
from correspondence.reading.charsets import decoded
from correspondence.reading.forms import Forms, together
from correspondence.reading.heads import header_block, values_of, with_line_ends
from correspondence.reading.html_text import Link
from correspondence.reading.mime import parts
from correspondence.reading.pieces import MAX_LINKS, MAX_TEXT, Attachment, Pieces
from correspondence.reading.senders import Address, addresses, sole_sender

MAX_PARTS = 200
MAX_ATTACHMENTS = 50
MAX_HEADERS = 500
MAX_HEADER = 10_000  # characters of one header; more stands in none that somebody needs
# Whatever the zone, a date of these years is one that databases and pages take.
_FIRST_YEAR, _LAST_YEAR = 1970, 9998
RECIPIENT_HEADERS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To")
# Written by programs that answer for somebody who is away (RFC 3834, 5, and what came before it).
ANSWERING_MACHINES = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Auto-Reply-From",
    "X-Vacation",
    "X-Mail-Autoreply",
)
BARE_URL = re.compile(r"https?://[^\s<>\"')\]]{1,2000}")
_LINE_BREAKS = re.compile(r"[\r\n]+[ \t]*")
_IDS = re.compile(r"<[^<>\s]{1,990}>")


class Unreadable(ValueError):
    """The mail cannot be parsed at all."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The headers that matter. `senders` holds every address of every From header; `recipients` are in
    lower case; `authentication_results` are raw, the topmost first. `from_is_clear`: there is one From header,
    and nobody could read another address out of it. `headers` are all of them as they stand, the topmost first,
    with their names in lower case, each on one line."""

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    senders: tuple[Address, ...]
    from_is_clear: bool
    recipients: frozenset[str]
    subject: str
    date: datetime | None
    auto_submitted: str
    precedence: str
    answering_machine: str
    return_path: str | None
    content_type: str
    report_type: str
    own_letter: str
    authentication_results: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """`text` is what the sender wrote anew, `alternative` the same as HTML says it where both are there,
    `forwarded` the mail that was passed on, `full_text` the whole: no word of any form is missing. `report` is
    what a delivery report says, `original` the headers of the mails that came along, as far as they tell which
    those were. `unopened`: sentences for people about what could not be opened, such as an encrypted mail.
    `truncated`: more text, parts or attachments came than are read."""

    text: str
    alternative: str
    forwarded: str
    full_text: str
    links: tuple[Link, ...]
    attachments: tuple[Attachment, ...]
    report: bounces.Report | None
    unopened: tuple[str, ...]
    original: str
    truncated: bool


def envelope(raw: bytes) -> Envelope:
    """Reads the header block alone; never raises, whatever the bytes."""
    message = header_block(with_line_ends(raw))
    return_path = message.get("Return-Path")
    sender = sole_sender(values_of(message, "From"))
    return Envelope(
        message_id=_one_line(message, "Message-ID"),
        in_reply_to=next(iter(_IDS.findall(_one_line(message, "In-Reply-To"))), ""),
        references=tuple(_IDS.findall(_one_line(message, "References"))),
        senders=(sender,) if sender else addresses(values_of(message, "From")),
        from_is_clear=sender is not None,
        recipients=frozenset(
            address.email for name in RECIPIENT_HEADERS for address in addresses(values_of(message, name))
        ),
        subject=_subject(message),
        date=_date(_one_line(message, "Date")),
        auto_submitted=_one_line(message, "Auto-Submitted").split(";")[0].split("(")[0].strip().lower(),
        precedence=_one_line(message, "Precedence").lower(),
        answering_machine=next((name for name in ANSWERING_MACHINES if name in message), ""),
        return_path=None if return_path is None else str(return_path).strip().strip("<>"),
        content_type=_safely_lower(message),
        report_type=_report_type(message),
        own_letter=_one_line(message, "X-Portal-Letter"),
        authentication_results=tuple(
            " ".join(str(value).split()) for value in message.get_all("Authentication-Results", [])
        ),
        headers=tuple(
            (name.lower(), _LINE_BREAKS.sub(" ", value).strip(" \t")[:MAX_HEADER])
            for name, value in islice(message.raw_items(), MAX_HEADERS)
        ),
    )


def content(raw: bytes) -> Content:
    """The text, links and attachments. Raises Unreadable when the mail cannot be parsed."""
    try:
        return _content(with_line_ends(raw))
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError) as error:
        raise Unreadable(str(error)) from error


def _content(raw: bytes) -> Content:
    found = list(islice(parts(raw), MAX_PARTS + 1))
    pieces = Pieces()
    for part in found[:MAX_PARTS]:
        pieces.take(part)
    said = {number: pieces.forms_of(number) for number in pieces.mails}
    forward = quotes.is_forward_subject(_subject(header_block(raw)))
    words = quotes.split(said[0].first[:MAX_TEXT], forward=forward)
    alternative = quotes.split(said[0].other[:MAX_TEXT], forward=forward)
    full = ""
    for number, each in said.items():
        if len(full) <= MAX_TEXT:
            mail = together(f"{pieces.mails[number].head}\n{each.first}".strip(), each.other, each.rest)
            full += f"\n\n{mail}" if full else mail
    linked = {link.href for link in pieces.links}
    bare = dict.fromkeys(url for url in BARE_URL.findall(full[:MAX_TEXT]) if url not in linked)
    unopened = tuple(dict.fromkeys(pieces.unopened))
    return Content(
        text=words.own,
        alternative=alternative.own,
        forwarded=words.forwarded or alternative.forwarded or _passed_on(pieces, said),
        full_text="\n\n".join((*unopened, full[:MAX_TEXT])).strip(),
        links=(*dict.fromkeys(pieces.links), *(Link("", url) for url in bare))[:MAX_LINKS],
        attachments=tuple(pieces.attachments[:MAX_ATTACHMENTS]),
        report=bounces.report(pieces.status, pieces.original) if pieces.status else None,
        unopened=unopened,
        original=pieces.original,
        truncated=len(found) > MAX_PARTS or len(full) > MAX_TEXT or len(pieces.attachments) > MAX_ATTACHMENTS,
    )


def _passed_on(pieces: Pieces, said: dict[int, Forms]) -> str:
    """The words of the attached mail, or of the one that is attached to it; of several nobody can say which one
    is meant."""
    number = 0
    while len(pieces.mails[number].attached) == 1:
        number = pieces.mails[number].attached[0]
        words = quotes.split(said[number].first[:MAX_TEXT]).all
        if words:
            return words
    return ""


def _subject(message: Message) -> str:
    return decoded(next(values_of(message, "Subject"), ""))


def _one_line(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _date(text: str) -> datetime | None:
    """In UTC; None where there is none that can be. One at the ends of what a datetime holds, neither a database
    nor a page in another time zone could take."""
    try:
        found = parsedate_to_datetime(text)
        found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def _safely_lower(message: Message) -> str:
    try:
        return message.get_content_type().lower()
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""


def _report_type(message: Message) -> str:
    try:
        return str(message.get_param("report-type") or "").lower()
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""
