"""Tax, identity and MERSİS numbers that stand in running text. PURE."""

import re
from collections.abc import Iterator

from identifiers import digits, mersis, vkn

# As people type them: together, or in groups (949 732 92 33).
_WRITTEN = (re.compile(r"(?<!\d)\d{10,16}(?!\d)"), re.compile(r"(?<!\d)\d(?:[ .\-/]?\d){9,15}(?![ .\-/]?\d)"))


def numbers(text: str) -> Iterator[str]:
    """Those of ten, eleven and sixteen digits whose check digits are right, in canonical form."""
    for written in _WRITTEN:
        for found in written.findall(text):
            number = digits.bare(found)
            if digits.is_sound(number, mersis.clean if len(number) == 16 else vkn.clean):
                yield number
