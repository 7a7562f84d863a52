"""What stands in a text without being seen, and signs that stand for ordinary ones: the one place of it. PURE.

Chat programs, PDF readers and calculators put directional marks around the numbers and addresses that people copy
from them; spreadsheets and web pages put in spaces that do not break, soft hyphens and the mark of byte order.
"""

import re

# Default_Ignorable_Code_Point (Unicode 15, DerivedCoreProperties.txt), and the annotation marks beside it.
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_IGNORABLE = re.compile(f"[{IGNORABLE}]")
# All of the general category Zs (Unicode 15).
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
# Fullwidth forms of the printable ASCII signs (Unicode block FF00), as East Asian keyboards write them.
_ASCII = {0xFF01 + sign: 0x21 + sign for sign in range(94)}


def visible(text: str) -> str:
    """The text without what nobody sees; every kind of space is a plain one, line breaks stay."""
    return text if text.isascii() else _IGNORABLE.sub("", text).translate(_SPACES)


def plain(text: str) -> str:
    """For numbers and addresses: what is seen, fullwidth signs as the ordinary ones, nothing around it."""
    return visible(text).translate(_ASCII).strip()
