"""The addresses of a mail's headers, and whether a mail has one clear sender. PURE."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import getaddresses

from correspondence.reading.charsets import decoded

MAX_ADDRESSES = 20_000  # characters of one header of addresses
MAX_SENDER = 1_000
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"\([^()\\]*\)")
_ADDRESS = r"[^\s<>@,;:\\\"()\[\]]+@[A-Za-z0-9.-]+"
_SOLE = re.compile(rf"(?:(?P<name>[^<>\\\"()]*)<\s*)?(?P<email>{_ADDRESS})\s*(?P<closed>>?)")
# What a program may take for an address, spaces around the sign or not.
_LIKE_AN_ADDRESS = re.compile(r"[^\s,;:]*\s*@\s*[^\s,;:]*")


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    email: str


def addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """Every address in headers of addresses."""
    try:
        pairs = getaddresses([_one_line(value)[:MAX_ADDRESSES] for value in values])
    except (ValueError, IndexError, TypeError, RecursionError):
        return ()
    return tuple(Address(decoded(label), _email(email)) for label, email in pairs if "@" in email)


def sole_sender(values: Iterable[str]) -> Address | None:
    """The sender when there is one From header out of which nobody could read another address.

    The name may be any text, also the address itself once more. Quoted names and comments may hold anything.
    """
    found = [_one_line(value) for value in values]
    if len(found) != 1 or len(found[0]) > MAX_SENDER:
        return None
    bare = _COMMENT.sub("", _QUOTED.sub("", found[0])).strip()
    sole = _SOLE.fullmatch(bare)
    if sole is None or "=?" in sole["email"] or (sole["closed"] and sole["name"] is None):
        return None
    others = (like.group() for like in _LIKE_AN_ADDRESS.finditer(sole["name"] or ""))
    if any(other.strip(" '").lower() != sole["email"].lower() for other in others):
        return None
    name = (
        found[0].rpartition("<")[0]
        if sole["name"] is not None
        else "".join(_COMMENT.findall(found[0])).strip("()")
    )
    return Address(decoded(_unquoted(name)), _email(sole["email"]))


def _unquoted(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name.strip().removeprefix('"').removesuffix('"'))


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _email(email: str) -> str:
    # Bytes beyond ASCII would reach the database as lone surrogates.
    return (email if email.isascii() else decoded(email)).strip().lower()
