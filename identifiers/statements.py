"""Whether what was typed says something at all: no more than that it is words, or a number of a register. PURE."""

import re

SHORTEST = 8  # letters and digits, a word that is typed twice counted once
SHORTEST_NUMBER = 5  # digits
_WORD = re.compile(r"[^\W\d_]{3,}")
_REPEATED = re.compile(r"(.{1,3})\1+.?", re.IGNORECASE)


def says_something(text: str) -> bool:
    """Whether it is a number, or long enough with at least one word that is not a sound typed again and again."""
    digits = re.findall(r"\d", text)
    if len(digits) >= SHORTEST_NUMBER and len(set(digits)) > 1:
        return True
    typed = {word.lower() for word in re.findall(r"\w+", text)}
    words = [word for word in typed if _WORD.fullmatch(word) and not _REPEATED.fullmatch(word)]
    return bool(words) and sum(map(len, typed)) >= SHORTEST
