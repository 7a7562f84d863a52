"""A mail from its bytes: only the headers that are needed, decoded late. PURE.

`policy=default` parses every header and costs 2.7 times as much; and mail is never decoded as a whole
first, which turns Turkish letters into U+FFFD.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice

from correspondence.reading import bounces, quotes
from correspondence.reading.html_text import Link, text_and_links
from correspondence.reading.mime import ATTACHED_MAILS, Part, decoded, header_block, parts

MAX_TEXT = 100_000  # characters of a mail's text that are read
MAX_PARTS = 200
MAX_ATTACHMENTS = 50
MAX_LINKS = 200
MAX_HEADERS = 500
MAX_HEADER = 10_000  # characters of one header; more stands in none that somebody needs
MAX_ADDRESSES = 20_000  # characters of one header of addresses
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
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"\([^()\\]*\)")
_SOLE_ADDRESS = re.compile(r"(?:[^<>@,;:\\\"()\[\]]*<\s*)?([^\s<>@,;:\\\"()\[\]]+@[A-Za-z0-9.-]+)\s*>?")


class Unreadable(ValueError):
    """The mail cannot be parsed at all."""


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it lies in the mail; its bytes are decoded when they are asked for."""

    filename: str
    content_type: str
    part: Part

    @property
    def size(self) -> int:
        """In bytes, as it came over the line."""
        return self.part.size

    @property
    def payload(self) -> bytes:
        return self.part.payload


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
    `forwarded` the mail that was passed on, `full_text` the whole. `report` is what a delivery report says,
    `original` the headers of the mails that came along, as far as they tell which those were.
    `truncated`: more text, parts or attachments came than are read."""

    text: str
    alternative: str
    forwarded: str
    full_text: str
    links: tuple[Link, ...]
    attachments: tuple[Attachment, ...]
    report: bounces.Report | None
    original: str
    truncated: bool


def envelope(raw: bytes) -> Envelope:
    """Reads the header block alone; never raises, whatever the bytes."""
    message = header_block(raw)
    return_path = message.get("Return-Path")
    return Envelope(
        message_id=_one_line(message, "Message-ID"),
        in_reply_to=next(iter(_IDS.findall(_one_line(message, "In-Reply-To"))), ""),
        references=tuple(_IDS.findall(_one_line(message, "References"))),
        senders=_addresses(message, "From"),
        from_is_clear=_from_is_clear(message),
        recipients=frozenset(address.email for name in RECIPIENT_HEADERS for address in _addresses(message, name)),
        subject=decoded(next(_raw(message, "Subject"), "")),
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
        return _content(raw)
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError) as error:
        raise Unreadable(str(error)) from error


@dataclass
class _Pieces:
    """What is found on the way through a mail's parts; `inside` are the words of attached mails."""

    own: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    attached_mails: int = 0
    links: list[Link] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    status: str = ""
    original: str = ""

    def take(self, part: Part) -> None:
        kind = part.kind
        if kind in ATTACHED_MAILS:
            self.attached_mails += 1
            if not part.inside:
                self.original += f"Message-ID: {_one_line(header_block(part.payload), 'Message-ID')}\n"
            if part.disposition == "attachment" or part.filename:
                self.attachments.append(Attachment(part.filename or "ileti.eml", kind, part))
        elif kind in ("message/delivery-status", "message/global-delivery-status"):
            self.status += part.text[:MAX_TEXT]
        elif kind in ("text/rfc822-headers", "message/global-headers"):
            self.original += part.text[:MAX_TEXT] + "\n"
        elif part.disposition == "attachment" or part.filename or not _is_words(kind):
            self.attachments.append(Attachment(part.filename, kind, part))
        else:
            into = self.inside if part.inside else self.alternatives if part.has_plain_alternative else self.own
            into.append(self._words(part.text, kind))

    def _words(self, text: str, kind: str) -> str:
        if kind != "text/html":
            return text.replace("\r\n", "\n")
        # Markup is longer than the words that it shows.
        words, linked = text_and_links(text[: 4 * MAX_TEXT])
        self.links += linked[:MAX_LINKS]
        return words


def _content(raw: bytes) -> Content:
    found = list(islice(parts(raw), MAX_PARTS + 1))
    pieces = _Pieces()
    for part in found[:MAX_PARTS]:
        pieces.take(part)
    forward = quotes.is_forward_subject(decoded(next(_raw(header_block(raw), "Subject"), "")))
    words = quotes.split("\n".join(pieces.own)[:MAX_TEXT], forward=forward)
    alternative = quotes.split("\n".join(pieces.alternatives)[:MAX_TEXT], forward=forward)
    full = "\n".join((*pieces.own, *pieces.inside))
    # Of several attached mails nobody can say which one is meant.
    attached = quotes.own_words("\n".join(pieces.inside)[:MAX_TEXT]) if pieces.attached_mails == 1 else ""
    linked = {link.href for link in pieces.links}
    bare = dict.fromkeys(url for url in BARE_URL.findall(full[:MAX_TEXT]) if url not in linked)
    return Content(
        text=words.own,
        alternative=alternative.own,
        forwarded=words.forwarded or alternative.forwarded or attached,
        full_text=full[:MAX_TEXT],
        links=(*dict.fromkeys(pieces.links), *(Link("", url) for url in bare))[:MAX_LINKS],
        attachments=tuple(pieces.attachments[:MAX_ATTACHMENTS]),
        report=bounces.report(pieces.status, pieces.original) if pieces.status else None,
        original=pieces.original,
        truncated=len(found) > MAX_PARTS or len(full) > MAX_TEXT or len(pieces.attachments) > MAX_ATTACHMENTS,
    )


def _is_words(kind: str) -> bool:
    # A multipart comes here when its boundary is broken: people shall see what it says all the same.
    return kind in ("text/plain", "text/html", "") or kind.startswith("multipart/")


def _raw(message: Message, name: str) -> Iterator[str]:
    """The header's values as they stand, eight-bit bytes as surrogates: `get` would replace those for good."""
    yield from (value for key, value in message.raw_items() if key.lower() == name.lower())


def _one_line(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _addresses(message: Message, name: str) -> tuple[Address, ...]:
    values = [" ".join(value.split())[:MAX_ADDRESSES] for value in _raw(message, name)]
    try:
        pairs: Iterable[tuple[str, str]] = getaddresses(values)
    except (ValueError, IndexError, TypeError, RecursionError):
        return ()
    return tuple(Address(decoded(label), _address(email)) for label, email in pairs if "@" in email)


def _address(email: str) -> str:
    # Bytes beyond ASCII would reach the database as lone surrogates.
    return (email if email.isascii() else decoded(email)).strip().lower()


def _from_is_clear(message: Message) -> bool:
    values = [" ".join(value.split()) for value in _raw(message, "From")]
    if len(values) != 1 or len(values[0]) > 1000:
        return False
    # Names may hold anything; outside of names and comments there is one address in ASCII and nothing else.
    bare = _COMMENT.sub("", _QUOTED.sub("", values[0]))
    found = _SOLE_ADDRESS.fullmatch(bare.strip())
    return found is not None and "=?" not in found.group(1)


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


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
