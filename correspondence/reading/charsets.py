"""Bytes of mails as text, whatever charset they declare, and the words of headers (RFC 2047). PURE."""

import binascii
import re
from email.header import Header

MAX_WORDS = 5_000  # characters of one header of words
# Their decoders are no charsets of mails, or take quadratic time.
NO_CHARSETS = ("idna", "punycode", "undefined", "unicode_escape", "unicode-escape", "raw_unicode_escape", "utf-7")
# What Turkish senders declare when they mean windows-1254, which holds every letter of these.
MEANT_AS_TURKISH = frozenset(
    {"iso-8859-9", "iso8859-9", "latin5", "latin-5", "iso-8859-1", "iso8859-1", "latin1", "latin-1"}
    | {"windows-1252", "cp1252", "windows-1254", "cp1254", "us-ascii", "ascii"}
)
_PADDED = re.compile(rb"[^=]+={0,2}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\r\n]+")
_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=(?:[ \t]+(?==\?))?")


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


def from_header(value: str | Header) -> str:
    """A header's value with its raw eight-bit bytes read as Turkish; they come as surrogates."""
    text = str(value)[:MAX_WORDS]
    if "\ufffd" in text or any("\udc80" <= character <= "\udcff" for character in text):
        return decode(text.encode("utf-8", "surrogateescape"), "")
    return text


def decoded(value: str | Header) -> str:
    """A header of words as one line of text. Neighbouring encoded words of one charset are one run of bytes:
    programs cut them within a letter."""
    text = " ".join(from_header(value).split())
    pieces: list[tuple[str, bytes]] = []
    at = 0
    for found in _ENCODED_WORD.finditer(text):
        charset, coding, words = found.groups()
        if found.start() > at:
            pieces.append(("utf-8", text[at : found.start()].encode("utf-8", "replace")))
        # A language may follow the charset (RFC 2231, 5).
        pieces.append((charset.partition("*")[0].lower(), _bytes_of(coding.lower(), words)))
        at = found.end()
    pieces.append(("utf-8", text[at:].encode("utf-8", "replace")))
    return " ".join("".join(decode(run, charset) for charset, run in _runs(pieces)).split())


def _bytes_of(coding: str, words: str) -> bytes:
    raw = words.encode("utf-8", "replace")
    return base64_decoded(raw) if coding == "b" else binascii.a2b_qp(raw, header=True)


def _runs(pieces: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    runs: list[tuple[str, list[bytes]]] = []
    for charset, piece in pieces:
        if not runs or runs[-1][0] != charset:
            runs.append((charset, []))
        runs[-1][1].append(piece)
    return [(charset, b"".join(of_one)) for charset, of_one in runs]


def base64_decoded(body: bytes) -> bytes:
    """The bytes as they stand where they are no base64; cut short is good enough."""
    # Programs that join what they have coded leave padding within; a list's foot below it is no base64.
    _first, padding, more = body.partition(b"=")
    pieces = _PADDED.findall(body) if padding and _BASE64.fullmatch(more.lstrip(b"=\r\n")) else [body]
    for ending in (b"", b"==", b"="):
        try:
            return b"".join(binascii.a2b_base64(piece + ending) for piece in pieces)
        except binascii.Error:
            continue
    return body
