"""The header block of a mail or of a part (RFC 5322, 2.2), mended before the email package sees it. PURE.

That package ends the head at the first line that it does not understand, and takes a lone carriage return for
the end of a line. Mail servers do neither, so a sender could show us another head than the server vouched for.
Here a bad line is dropped together with its continuations, and none ever becomes a header.
"""

import re
from collections.abc import Iterator
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser
from functools import lru_cache

from correspondence.reading.charsets import from_header

MAX_HEAD = 128 * 1024  # bytes of one header block
MAX_PARAMETERS = 2_000  # characters of a header with parameters; real ones have a few hundred
_END = re.compile(rb"\n\r{0,8}\n")
_BLANK = re.compile(rb"\r{0,8}\n")
# White space before the colon is obsolete, and still a header to servers (RFC 5322, 4.5).
_HEADER = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,990})[ \t]{0,990}:")


def with_line_ends(raw: bytes) -> bytes:
    """A file from an old Mac has carriage returns alone; what came through a mail server never does."""
    return raw if b"\n" in raw else raw.replace(b"\r", b"\n")


def end_of_head(raw: bytes, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """Where the header block ends and where the body begins."""
    stop = len(raw) if end is None else end
    blank = _BLANK.match(raw, start, stop)
    if blank is not None:
        return start, blank.end()
    found = _END.search(raw, start, stop)
    return (found.start(), found.end()) if found else (stop, stop)


def begins_with_header(raw: bytes, start: int, end: int) -> bool:
    """Whether a head stands here at all; an empty one does."""
    return _HEADER.match(raw, start, end) is not None or _BLANK.match(raw, start, end) is not None


def header_block(raw: bytes, start: int = 0, end: int | None = None) -> Message:
    """The headers alone; a header with monstrous parameters is left out. Nobody writes on them: the next who asks
    for the same gets the same."""
    stop, _body = end_of_head(raw, start, end)
    return _parsed(raw[start : min(stop, start + MAX_HEAD)])


@lru_cache(maxsize=8)  # one mail's head and those of its parts are asked for several times
def _parsed(block: bytes) -> Message:
    head = BytesHeaderParser(policy=policy.compat32).parsebytes(_mended(block))
    for name in ("Content-Type", "Content-Disposition"):
        values = [from_header(value) for value in values_of(head, name)]
        del head[name]
        if all(len(value) <= MAX_PARAMETERS for value in values):
            for value in values:
                head[name] = value
    return head


def values_of(head: Message, name: str) -> Iterator[str]:
    """The header's values as they stand, eight-bit bytes as surrogates: `get` would replace those for good."""
    yield from (value for key, value in head.raw_items() if key.lower() == name.lower())


def _mended(block: bytes) -> bytes:
    kept: list[bytes] = []
    keeps = False
    for line in block.split(b"\n"):
        tidy = line.rstrip(b"\r").replace(b"\r", b" ")
        if tidy.startswith((b" ", b"\t")):
            lines = [tidy] if keeps else []
        else:
            found = _HEADER.match(tidy)
            keeps = found is not None
            lines = [found.group(1) + b":" + tidy[found.end() :]] if found else []
        kept += lines
    return b"\n".join(kept).replace(b"\x00", b"") + b"\n\n"
