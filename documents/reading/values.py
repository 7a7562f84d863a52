"""Single values as they are found on papers, brought into the form in which people type them. PURE.

What the application's own rules refuse is not found at all: a number with a wrong digit, a name with a link in it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from identifiers import Refused, mersis, names, vkn

# What stands around a value, and in place of one; a title may end in a dot.
_BEFORE, _BEHIND = " :;.,-–—=|\t", " :;,-–—=|\t"
_NOTHING = frozenset({"", "-", "--", "---", "yok", "none", "null"})
_DIGITS = re.compile(r"[0-9][0-9 .\-]*[0-9]")
LONGEST = {"trade_name": 250, "tax_office": 100, "address": 500}


@dataclass(frozen=True, slots=True)
class Claim:
    """That a field has this value, as it stands after a label on a page."""

    field: str
    text: str
    page: int


def cleaned(field: str, text: str) -> str:
    """The value, or nothing."""
    bare = text.lstrip(_BEFORE).rstrip(_BEHIND)
    if bare.casefold() in _NOTHING:
        return ""
    try:
        return _CLEAN[field](bare)
    except Refused:
        return ""


def _number(clean: Callable[[str], str], *lengths: int) -> Callable[[str], str]:
    """Finds a number of one of these lengths, also in groups, and among other words."""

    def found(text: str) -> str:
        whole = ["".join(filter(str.isdigit, each)) for each in _DIGITS.findall(text)]
        parts = re.findall(r"(?<![0-9*])[0-9]+(?![0-9*])", text)
        for number in (*whole, *parts):
            if len(number) in lengths and "*" not in text:
                return clean(number)
        return ""

    return found


def _words(field: str) -> Callable[[str], str]:
    def found(text: str) -> str:
        clean = " ".join(text.split()) if field == "address" else names.clean(text)
        return clean if len(clean) <= LONGEST[field] and any(map(str.isalpha, clean)) else ""

    return found


_CLEAN: Mapping[str, Callable[[str], str]] = {
    "number": _number(vkn.clean, 10, 11),
    "mersis_number": _number(mersis.clean, 16),
    "trade_name": _words("trade_name"),
    "tax_office": _words("tax_office"),
    "address": _words("address"),
}
