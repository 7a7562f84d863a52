"""Reading rules and the phrases that they look for: plain Turkish words, with a star for what may vary. PURE.

A star at a word's end stands for its endings ("onaylan*"), a star alone for up to five words of the same
sentence ("ileti * paketi"). Case, accents, apostrophes and line breaks make no difference. Each phrase is
found in time linear in the text: no repetition can be read in two ways.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from identifiers.turkish import fold

_PLAIN = str.maketrans(
    {**dict(zip("şçğöüâîû", "scgouaiu", strict=True)), **dict.fromkeys("'’‘`´\u00ad\u200b\u200c\u200d\ufeff", "")}
)
_ENDING = r"\w{0,30}"
_SOME_WORDS = r"(?:[^\s.!?]{1,60} ){0,5}"


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires when one of the phrases `any_of` is in a mail and none of `none_of` is."""

    name: str
    any_of: tuple[str, ...]
    none_of: tuple[str, ...] = ()

    def words(self, text: str) -> str:
        """The words of the `plain` text that make the rule fire; empty when it does not."""
        if any(find(phrase, text) for phrase in self.none_of):
            return ""
        return next(filter(None, (find(phrase, text) for phrase in self.any_of)), "")


def plain(text: str) -> str:
    """For comparing only: folded, without accents and apostrophes ("No’lu" → "nolu")."""
    return fold(text).translate(_PLAIN)


def find(phrase: str, text: str) -> str:
    """The words of the `plain` text that the phrase fits, empty when it fits none."""
    literal, pattern = _compiled(phrase)
    found = pattern.search(text) if literal in text else None
    return found.group() if found else ""


@lru_cache(maxsize=2048)
def _compiled(phrase: str) -> tuple[str, re.Pattern[str]]:
    words = plain(phrase).split()
    pieces = []
    for position, word in enumerate(words):
        last = position == len(words) - 1
        if word == "*":
            pieces.append(_SOME_WORDS)
        elif word.endswith("*"):
            pieces.append(re.escape(word[:-1]) + _ENDING + ("" if last else r"[,;:]? "))
        else:
            pieces.append(re.escape(word) + (r"(?!\w)" if last else r"[,;:]? "))
    literal = max((word.strip("*") for word in words), key=len)
    return literal, re.compile(r"(?<!\w)" + "".join(pieces))
