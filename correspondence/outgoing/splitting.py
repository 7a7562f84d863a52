"""Which documents go together when one letter would be too large for mail. PURE.

A limit counts a letter as mail servers count it: on the line, its documents in base64 (RFC 2045, 6.8), with
headers and text. A document of 10 MB takes 13.7 MB of it.
"""

from collections.abc import Sequence
from itertools import chain, count

LINE = 76  # characters of base64 in a line, which CRLF ends
PER_DOCUMENT = 4 * 1024  # bytes: boundary and headers; a long name in percent signs takes 2.5 KB
ENVELOPE = 256 * 1024  # bytes: headers of the letter, its text and its HTML


def on_the_line(size: int) -> int:
    """Bytes that a document of `size` bytes takes in a letter."""
    characters = (size + 2) // 3 * 4
    return characters + (characters + LINE - 1) // LINE * 2 + PER_DOCUMENT


def fits(size: int, limit: int) -> bool:
    """Whether a letter of at most `limit` bytes can carry the document at all."""
    return on_the_line(size) <= limit - ENVELOPE


def pack(sizes: Sequence[int], limit: int) -> tuple[tuple[int, ...], ...]:
    """The documents' places by letter: each goes into the first letter with room for it, in order.

    At least one letter. A document that fits nowhere has a letter to itself, for the mail server to refuse.
    """
    parts: list[list[int]] = [[]]
    room = [limit - ENVELOPE]
    for place, size in enumerate(sizes):
        needed = on_the_line(size)
        found = next((part for part, left in enumerate(room) if needed <= left or not parts[part]), None)
        if found is None:
            parts.append([])
            room.append(limit - ENVELOPE)
            found = len(parts) - 1
        parts[found].append(place)
        room[found] -= needed
    return tuple(map(tuple, parts))


def distinct(names: Sequence[str]) -> list[str]:
    """The file names, numbered where one would come twice: three scans called tarama.pdf can be told apart."""
    taken: set[str] = set()
    found = []
    for name in names:
        stem, dot, ending = name.rpartition(".")
        candidates = (f"{stem}-{number}{dot}{ending}" if stem else f"{name}-{number}" for number in count(2))
        free = next(each for each in chain([name], candidates) if each.casefold() not in taken)
        taken.add(free.casefold())
        found.append(free)
    return found
