"""Hiding national id numbers, and the keys in links of our letters, in running text. PURE."""

import re

from identifiers import Refused, tckn
from identifiers.invisible import IGNORABLE

# As `tenancy.signed_ids` makes them: whoever answers a letter quotes the link in it.
_KEY_OF_A_LINK = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}-[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
_ELEVEN = re.compile(rf"(?<!\d)\d(?:[{IGNORABLE}]*\d){{10}}(?!\d)")


def masked(text: str) -> str:
    """The text with every valid TCKN shown by its last four digits alone, and no link that lets somebody in."""
    return _ELEVEN.sub(lambda found: _mask(found.group()), _KEY_OF_A_LINK.sub("(gizlendi)", text))


def _mask(number: str) -> str:
    try:
        return tckn.mask(tckn.clean(number))
    except Refused:
        return number
