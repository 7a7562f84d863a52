"""A mail from its bytes: only the headers that are needed, decoded late. PURE.

`policy=default` parses every header and costs 2.7 times as much; and mail is never decoded as a whole
first, which turns Turkish letters into U+FFFD.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses, parsedate_to_datetime

from correspondence.html_text import Link, text_and_links
from correspondence.quotes import own_words

MAX_TEXT = 400_000  # characters of a mail's text that are read
MAX_PARTS = 200
MAX_DEPTH = 8
RECIPIENT_HEADERS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To")
_BARE_URL = re.compile(r"https?://[^\s<>\"')\]]+")
_TURKISH_CHARSETS = ("utf-8", "windows-1254", "iso-8859-9")


class Unreadable(ValueError):
    """The mail cannot be taken apart at all."""


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Attachment:
    filename: str
    content_type: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """The headers that matter. `senders` holds every address of every From header; `recipients` are in
    lower case; `authentication_results` are raw, the topmost first."""

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    senders: tuple[Address, ...]
    recipients: frozenset[str]
    subject: str
    date: datetime | None
    auto_submitted: str
    precedence: str
    return_path: str | None
    content_type: str
    report_type: str
    authentication_results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """`text` is what the sender wrote anew, `full_text` the whole with quotes and forwarded mails."""

    text: str
    full_text: str
    links: tuple[Link, ...]
    attachments: tuple[Attachment, ...]
    truncated: bool


def envelope(raw: bytes) -> Envelope:
    """Reads the header block alone; never raises, whatever the bytes."""
    head = raw.replace(b"\r\n", b"\n").split(b"\n\n", 1)[0] + b"\n\n"
    message = BytesHeaderParser(policy=policy.compat32).parsebytes(head)
    return_path = message.get("Return-Path")
    return Envelope(
        message_id=_one_line(message, "Message-ID"),
        in_reply_to=_first_id(_one_line(message, "In-Reply-To")),
        references=tuple(re.findall(r"<[^<>\s]+>", _one_line(message, "References"))),
        senders=_addresses(message, "From"),
        recipients=frozenset(address.email for name in RECIPIENT_HEADERS for address in _addresses(message, name)),
        subject=_decoded(next(_raw(message, "Subject"), "")),
        date=_date(_one_line(message, "Date")),
        auto_submitted=_one_line(message, "Auto-Submitted").split(";")[0].strip().lower(),
        precedence=_one_line(message, "Precedence").lower(),
        return_path=None if return_path is None else str(return_path).strip().strip("<>"),
        content_type=_safely(message.get_content_type),
        report_type=_report_type(message),
        authentication_results=tuple(
            " ".join(str(value).split()) for value in message.get_all("Authentication-Results", [])
        ),
    )


def content(raw: bytes) -> Content:
    """The text, links and attachments. Raises Unreadable when the mail cannot be taken apart."""
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
        leaves = list(_leaves(message))
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError) as error:
        raise Unreadable(str(error)) from error
    texts: list[str] = []
    links: list[Link] = []
    attachments: list[Attachment] = []
    for leaf in leaves[:MAX_PARTS]:
        part = leaf.part
        kind = part.get_content_type()
        if _is_attachment(part, kind):
            attachments.append(Attachment(_filename(part), kind, _payload(part)))
        elif kind == "text/html":
            text, found = text_and_links(_text(part))
            links += found
            if not leaf.has_plain_twin:
                texts.append(text)
        else:
            texts.append(_text(part))
    full = "\n".join(texts)
    links += [Link("", url) for url in _BARE_URL.findall(full) if url not in {link.href for link in links}]
    truncated = len(full) > MAX_TEXT or len(leaves) > MAX_PARTS
    return Content(own_words(full[:MAX_TEXT]), full[:MAX_TEXT], tuple(links), tuple(attachments), truncated)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A part that holds no others; `has_plain_twin` when the same words stand beside it as plain text."""

    part: Message
    has_plain_twin: bool


def _leaves(message: Message, depth: int = 0, *, twin: bool = False) -> Iterator[_Leaf]:
    if depth > MAX_DEPTH:
        return
    payload = message.get_payload()
    if not isinstance(payload, list):
        yield _Leaf(message, twin)
        return
    parts = [part for part in payload if isinstance(part, Message)]
    twins = message.get_content_type() == "multipart/alternative" and any(
        part.get_content_type() == "text/plain" for part in parts
    )
    for part in parts:
        yield from _leaves(part, depth + 1, twin=twins)


def _is_attachment(part: Message, kind: str) -> bool:
    disposition = str(part.get("Content-Disposition", "")).strip().lower()
    return disposition.startswith("attachment") or not kind.startswith("text/") or bool(part.get_filename())


def _filename(part: Message) -> str:
    try:
        return _decoded(part.get_filename() or "")
    except (ValueError, LookupError, TypeError):
        return ""


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> str:
    declared = _safely(lambda: part.get_content_charset() or "")
    return decode(_payload(part), declared)


def decode(payload: bytes, declared: str) -> str:
    """The text in its declared charset, else in the first Turkish one that fits."""
    for charset in (declared, *_TURKISH_CHARSETS):
        if charset:
            try:
                return payload.decode(charset)
            except (LookupError, UnicodeDecodeError):
                continue
    return payload.decode("windows-1254", errors="replace")


def _raw(message: Message, name: str) -> Iterator[str]:
    """The header's values as they stand, eight-bit bytes as surrogates: `get` would replace those for good."""
    yield from (value for key, value in message.raw_items() if key.lower() == name.lower())


def _one_line(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _first_id(text: str) -> str:
    found = re.search(r"<[^<>\s]+>", text)
    return found.group() if found else ""


def _decoded(value: object) -> str:
    """An RFC 2047 header as text; raw eight-bit bytes are read as Turkish."""
    text = str(value)
    if "\ufffd" in text or any("\udc80" <= character <= "\udcff" for character in text):
        text = decode(text.encode("utf-8", "surrogateescape"), "")
    try:
        parts = decode_header(text)
    except HeaderParseError:
        return " ".join(text.split())
    words = [part if isinstance(part, str) else decode(part, charset or "") for part, charset in parts]
    return " ".join("".join(words).split())


def _addresses(message: Message, name: str) -> tuple[Address, ...]:
    values = [" ".join(value.split()) for value in _raw(message, name)]
    try:
        pairs = getaddresses(values)
    except (ValueError, IndexError, TypeError):
        return ()
    return tuple(Address(_decoded(label), email.strip().lower()) for label, email in pairs if "@" in email)


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _report_type(message: Message) -> str:
    try:
        return str(message.get_param("report-type") or "").lower()
    except (ValueError, TypeError, LookupError):
        return ""


def _safely(ask: object) -> str:
    try:
        return str(ask()).lower()  # type: ignore[operator]
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""
