"""The portal's own reference of an application. PURE."""

import re
import secrets

from identifiers.digits import bare
from identifiers.turkish import upper

# Without 0/O, 1/I/L, 2/Z, 5/S, 8/B: read over the telephone, typed from paper.
ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
_REFERENCE = re.compile(rf"P([{ALPHABET}]{{6}})")
_WRITTEN = re.compile(rf"(?<!\w)P-[{ALPHABET}]{{6}}(?!\w)")


def make() -> str:
    """`P-` and six unambiguous letters or digits, not to be guessed."""
    return "P-" + "".join(secrets.choice(ALPHABET) for _position in range(6))


def clean(text: str) -> str:
    """The reference as it is stored, however it was typed ("p 7kq4mx"); empty when it cannot be one."""
    found = _REFERENCE.fullmatch(upper(bare(text)))
    return f"P-{found.group(1)}" if found else ""


def written_in(text: str) -> set[str]:
    """Those that stand in running text as the portal writes them."""
    return set(_WRITTEN.findall(text))
