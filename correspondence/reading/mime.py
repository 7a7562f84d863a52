"""The MIME parts of a mail (RFC 2045, 2046), in time linear in its size, whatever its bytes. PURE.

The standard library's parser looks at every line of every nested part and meets quadratic regular
expressions in long headers; here a part is a place in the mail's bytes, decoded when it is asked for.
"""

import binascii
import quopri
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import policy
from email.errors import HeaderParseError
from email.header import Header, decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from itertools import islice

MAX_DEPTH = 8
MAX_SECTIONS = 250  # of one multipart
MAX_HEAD = 128 * 1024  # bytes of one header block
MAX_WORDS = 5_000  # characters of one header of words
MAX_PARAMETERS = 2_000  # characters of a header with parameters; real ones have a few hundred
ATTACHED_MAILS = ("message/rfc822", "message/global")
# Their decoders are no charsets of mails, or take quadratic time.
NO_CHARSETS = ("idna", "punycode", "undefined", "unicode_escape", "unicode-escape", "raw_unicode_escape", "utf-7")
# What Turkish senders declare when they mean windows-1254, which holds every letter of these.
MEANT_AS_TURKISH = frozenset(
    {"iso-8859-9", "iso8859-9", "latin5", "latin-5", "iso-8859-1", "iso8859-1", "latin1", "latin-1"}
    | {"windows-1252", "cp1252", "windows-1254", "cp1254", "us-ascii", "ascii"}
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part that holds no others, a multipart whose parts are not there, or an attached mail as a whole.
    Its body is raw[start:end].

    `has_plain_twin`: the same words stand beside it as plain text. `inside` an attached mail.
    """

    head: Message
    raw: bytes
    start: int
    end: int
    has_plain_alternative: bool
    inside: bool

    @property
    def kind(self) -> str:
        return _safely(self.head.get_content_type)

    @property
    def charset(self) -> str:
        return _safely(lambda: self.head.get_content_charset() or "")

    @property
    def filename(self) -> str:
        try:
            return decoded(self.head.get_filename() or "")
        except (ValueError, LookupError, TypeError, AttributeError):
            return ""

    @property
    def disposition(self) -> str:
        return str(self.head.get("Content-Disposition", "")).partition(";")[0].strip().lower()

    @property
    def size(self) -> int:
        """Of the body as it came over the line, in bytes: base64 makes a file a third larger."""
        return self.end - self.start

    @property
    def payload(self) -> bytes:
        """The body without its transfer encoding; as it stands where that is broken."""
        body = self.raw[self.start : self.end]
        encoding = str(self.head.get("Content-Transfer-Encoding", "")).strip().lower()
        if encoding == "quoted-printable":
            return quopri.decodestring(body)
        if encoding == "base64":
            return _base64(body)
        return body

    @property
    def text(self) -> str:
        return decode(self.payload, self.charset)


def end_of_head(raw: bytes, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """Where the header block ends and where the body begins."""
    stop = len(raw) if end is None else end
    if raw.startswith((b"\n", b"\r\n"), start, stop):
        return start, raw.index(b"\n", start) + 1
    found = [(at, at + len(gap)) for gap in (b"\n\n", b"\n\r\n") if (at := raw.find(gap, start, stop)) >= 0]
    return min(found, default=(stop, stop))


def header_block(raw: bytes, start: int = 0, end: int | None = None) -> Message:
    """The headers alone; a header with monstrous parameters is left out."""
    stop, _body = end_of_head(raw, start, end)
    block = raw[start : min(stop, start + MAX_HEAD)].replace(b"\x00", b"")
    head = BytesHeaderParser(policy=policy.compat32).parsebytes(block + b"\n\n")
    for name in ("Content-Type", "Content-Disposition"):
        if any(len(str(value)) > MAX_PARAMETERS for value in head.get_all(name, [])):
            del head[name]
    return head


def parts(raw: bytes) -> Iterator[Part]:
    """Every part that holds no others, in order, and every attached mail before its own parts."""
    yield from _walk(raw, 0, len(raw), depth=0, alternative=False, inside=False)


def _walk(raw: bytes, start: int, end: int, *, depth: int, alternative: bool, inside: bool) -> Iterator[Part]:
    _stop, body = end_of_head(raw, start, end)
    part = Part(header_block(raw, start, end), raw, min(body, end), end, alternative, inside)
    kind = part.kind
    boundary = _boundary(part.head) if kind.startswith("multipart/") and depth < MAX_DEPTH else b""
    sections = list(islice(_sections(raw, part.start, end, boundary), MAX_SECTIONS)) if boundary else []
    if sections:
        alternatives = kind == "multipart/alternative" and any(
            _is_plain_words(raw, first, last) for first, last in sections[:10]
        )
        for first, last in sections:
            yield from _walk(
                raw, first, last, depth=depth + 1, alternative=alternatives or alternative, inside=inside
            )
        return
    yield part
    if kind in ATTACHED_MAILS and depth < MAX_DEPTH:
        inner = part.payload
        yield from _walk(inner, 0, len(inner), depth=depth + 1, alternative=False, inside=True)


def _sections(raw: bytes, start: int, end: int, boundary: bytes) -> Iterator[tuple[int, int]]:
    """Where the parts of a multipart lie (RFC 2046, 5.1.1); one without its closing line ends with the mail."""
    mark = b"--" + boundary
    at = start if raw.startswith(mark, start, end) else _line_with(mark, raw, start, end)
    begun = -1
    while at >= 0:
        after = at + len(mark)
        line_end = raw.find(b"\n", after, end)
        line_end = end if line_end < 0 else line_end
        rest = raw[after : min(line_end, after + 80)].strip()
        if rest in (b"", b"--"):
            if begun >= 0:
                yield begun, max(begun, at - (2 if raw.endswith(b"\r\n", start, at) else 1))
            begun = -1 if rest else min(line_end + 1, end)
            if rest:
                return
        at = _line_with(mark, raw, after, end)
    if begun >= 0:
        yield begun, end


def _line_with(mark: bytes, raw: bytes, start: int, end: int) -> int:
    found = raw.find(b"\n" + mark, start, end)
    return found + 1 if found >= 0 else -1


def _is_plain_words(raw: bytes, start: int, end: int) -> bool:
    head = header_block(raw, start, end)
    body = end_of_head(raw, start, end)[1]
    return _safely(head.get_content_type) == "text/plain" and bool(raw[body : min(end, body + 10_000)].strip())


def _boundary(head: Message) -> bytes:
    try:
        found = head.get_boundary() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return b""
    return found.encode("utf-8", "surrogateescape")


def _base64(body: bytes) -> bytes:
    for ending in (b"", b"==", b"="):
        try:
            return binascii.a2b_base64(body + ending)
        except binascii.Error:
            continue
    return body


def decode(payload: bytes, declared: str) -> str:
    """The text in its declared charset, else in the first Turkish one that fits; without NUL characters."""
    return _decode(payload, declared.strip().lower()).replace("\x00", "")


def _decode(payload: bytes, declared: str) -> str:
    # What is valid UTF-8 beyond ASCII is UTF-8, whatever an old program declares.
    charsets = ("utf-8", "windows-1254") if declared in MEANT_AS_TURKISH else (declared, "utf-8", "windows-1254")
    for charset in charsets:
        if charset and charset not in NO_CHARSETS:
            try:
                return payload.decode(charset)
            except (LookupError, ValueError):
                continue
    return payload.decode("windows-1254", errors="replace")


def decoded(value: str | Header) -> str:
    """An RFC 2047 header as one line of text; raw eight-bit bytes are read as Turkish."""
    text = str(value)[:MAX_WORDS]
    if "\ufffd" in text or any("\udc80" <= character <= "\udcff" for character in text):
        text = decode(text.encode("utf-8", "surrogateescape"), "")
    try:
        words = [
            part if isinstance(part, str) else decode(part, charset or "") for part, charset in decode_header(text)
        ]
    except (HeaderParseError, ValueError, LookupError, TypeError):
        return " ".join(text.split())
    return " ".join("".join(words).split())


def _safely(ask: Callable[[], str]) -> str:
    try:
        return ask().lower()
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""
