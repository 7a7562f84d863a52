"""Authentication-Results headers (RFC 8601, 2.2), and which of a mail's were written by our own server. PURE.

Strict where it keeps a stranger out: quotation marks and comments have to be closed, and what stands in them says
nothing. Tolerant of everything else that servers write: addresses with colons, empty values, a last semicolon, odd
words. Linear in the header's length.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

MAX_RESULT = 8_000  # characters of a header; real ones have some hundreds
AUTHENTICATION_RESULTS = "authentication-results"
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_PLAIN = re.compile(r'[^"();\\]+')
_BY = re.compile(r"(?:^|\s)by ([^\s;()]+)")
_SPACE = re.compile(r"[ \t\r\n]+")


class Unreadable(ValueError):
    """Quotation marks or comments are left open, so that nobody can say what is said and what only quoted."""


@dataclass(frozen=True, slots=True)
class Result:
    """`properties` are (ptype.property, value) as they stand, in lower case."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...]

    def all(self, name: str) -> set[str]:
        """Its values of a property; two of them are one too many to be believed."""
        return {value for each, value in self.properties if each == name}


@dataclass(frozen=True, slots=True)
class Results:
    """One header. `authserv_id` is empty where a server leaves it out, as Microsoft's do."""

    authserv_id: str
    results: tuple[Result, ...]


def parse(header: str) -> Results:
    """Raises Unreadable for what is not to be understood in one way only."""
    if len(header) > MAX_RESULT:
        raise Unreadable
    first, *others = _statements(header)
    words = _words(first)
    named = bool(words) and "=" not in words[0].partition('"')[0]
    results = (_result(_words(each)) for each in ([] if named else [first]) + others)
    return Results(_unquoted(words[0]) if named else "", tuple(each for each in results if each is not None))


def ours(headers: Sequence[tuple[str, str]], authserv_id: str) -> list[str]:
    """The results that our server wrote, the topmost first; empty when the topmost ones of all are another's.

    Every server writes above what it got, and a sender can put under our name whatever he likes below that. So the
    topmost results of all have to be ours. Further ones count with them as long as nobody else can have written
    them: above the topmost Received header, with which our own server took the mail in. Where they stand below it
    (Postfix's milters write there) the topmost counts alone, and none below the next server's Received.
    """
    found: list[str] = []
    received = False
    for name, value in headers:
        if name == "received":
            if received and not _is_within(value, authserv_id):
                break
            received = True
        if name == AUTHENTICATION_RESULTS:
            if not _is_by(value, authserv_id):
                break
            found.append(value)
            if received:
                break
        elif found and (received or not _is_of_delivery(name)):
            break
    return found


def _is_by(header: str, authserv_id: str) -> bool:
    try:
        return parse(header[:MAX_RESULT]).authserv_id == authserv_id.lower()
    except Unreadable:
        # Cut short, or torn: whose it is stands at the beginning.
        return (header.split(";", 1)[0].split() or [""])[0].lower() == authserv_id.lower()


def _is_within(received: str, authserv_id: str) -> bool:
    """Whether a further Received header is of our own house: a filter or the mailbox got the mail from our server
    (RFC 5321, 4.4)."""
    by = _BY.search(received)
    return by is not None and by.group(1).lower() in (authserv_id.lower(), "localhost")


def _is_of_delivery(name: str) -> bool:
    """Headers that filters and deliverers write between results: never one of those that a mail begins with."""
    return name.startswith(("arc-", "x-", "dkim-")) or name in _BY_DELIVERY


_BY_DELIVERY = frozenset(
    {"return-path", "delivered-to", "envelope-to", "received-spf", "received-dkim", "authentication-results"}
)


def _statements(header: str) -> list[list[str]]:
    """The header at its semicolons, each statement as its pieces; quotations are one piece, comments are gone."""
    found: list[list[str]] = [[]]
    at, depth = 0, 0
    while at < len(header):
        sign = header[at]
        if depth:
            at += 2 if sign == "\\" else 1
            depth += {"(": 1, ")": -1}.get(sign, 0)
            continue
        if sign == "(":
            depth, at = 1, at + 1
            found[-1].append(" ")
            continue
        if sign == ";":
            found.append([])
            at += 1
            continue
        match = (_QUOTED if sign == '"' else _PLAIN).match(header, at)
        if match is None and sign == '"':
            raise Unreadable
        found[-1].append(match.group() if match else sign)
        at = match.end() if match else at + 1
    if depth:
        raise Unreadable
    return found


def _words(pieces: list[str]) -> list[str]:
    """A statement's words, "a = b" as one. A quotation keeps its spaces and is part of its word; a value may be
    empty."""
    words = [""]
    for piece in pieces:
        if piece.startswith('"'):
            words[-1] += piece
            continue
        first, *others = _SPACE.split(piece)
        words[-1] += first
        words += others
    joined: list[str] = []
    for word in filter(None, words):
        awaited = bool(joined) and joined[-1].endswith("=") and (word.startswith('"') or "=" not in word)
        if joined and (awaited or word.startswith("=")):
            joined[-1] += word
        else:
            joined.append(word)
    # Only A-Z: other letters have small ones that look like a domain's.
    return [word.lower() if word.isascii() else word for word in joined]


def _result(words: list[str]) -> Result | None:
    """None for "none" and for what names no method."""
    if not words or "=" not in words[0]:
        return None
    method, _equals, result = words[0].partition("=")
    pairs = (word.partition("=") for word in words[1:])
    return Result(
        method.partition("/")[0],
        _unquoted(result),
        tuple((name, _unquoted(value)) for name, equals, value in pairs if equals),
    )


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' and '"' not in value[1:-1] else value
