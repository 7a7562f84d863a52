"""What finds a word that was typed amiss, or from its middle on: texts that are compared by how they begin. PURE.

A word is kept by its tails (of ruzgar: ruzgar, uzgar, zgar, gar) and by its first letters with one of them taken
away, marked as gaps. Two words that differ by one letter (another one, one too many, one missing, two that are
swapped) are the same once at most one is taken away from each. So an error is found by comparing texts, which
PostgreSQL looks up behind the wall, and not by measuring likeness, which it does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

LONGEST = 40  # letters; nobody finds a longer word by its middle
FEWEST = 4  # letters of a word that may be typed amiss, and of what is typed for it
TAIL = 3  # letters of the shortest tail, and of the shortest word that is kept
HALVED = 8  # letters from which half of what was typed is enough to look for
_START = 7  # letters that gaps are made of
_KEY = _START - 1
_GAP = "?"


class Likeness(IntEnum):
    """How a word is like what was typed, the likest first."""

    WHOLE = 0  # with one error
    MIDDLE = 1  # it has what was typed in it, without error
    BEGINS = 2  # begins so, with one error
    INSIDE = 3  # has it in it, with one error


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is looked up for one word: parts that are the same, and how parts begin."""

    same: frozenset[str]
    begin: tuple[str, ...]


def is_kept(word: str) -> bool:
    """Letters alone: what has a figure in it is a number, and not found by one like it."""
    return TAIL <= len(word) <= LONGEST and word.isalpha()


def parts(word: str) -> set[str]:
    """All that a word is looked up by; the word itself is one of them."""
    tails = {word[at:] for at in range(len(word) - TAIL + 1)}
    return tails | {_GAP + each for each in _without_one(word[:_START]) if len(word) >= FEWEST}


def sieve(typed: str) -> Sieve:
    """Where all words stand that are like what was typed, and others beside them."""
    if not typed.isalpha() or len(typed) > LONGEST:
        return Sieve(frozenset(), ())
    if len(typed) < FEWEST:
        return Sieve(frozenset(), (typed,) if len(typed) >= TAIL else ())
    fewer = {each[:_KEY] for each in _without_one(typed[:_START])}
    same = {_GAP + each for each in {typed[:_KEY], *fewer}} | {each for each in fewer if len(typed) <= _START}
    begin = [typed]
    if len(typed) >= _KEY:
        begin.append(typed[:_KEY])
    if FEWEST < len(typed) < _START:
        begin += [_GAP + each for each in sorted(fewer)]
    if len(typed) >= HALVED:
        # One of the two is as it should be, also where the letters in the middle are swapped.
        middle = (len(typed) + 1) // 2
        begin += [typed[: middle - 1], typed[middle:]]
    return Sieve(frozenset(same), tuple(dict.fromkeys(begin)))


def likeness(typed: str, word: str) -> Likeness | None:
    """None where it is not like it, and where it begins so: that is found without this."""
    if word.startswith(typed):
        return None
    if typed in word:
        return Likeness.MIDDLE
    if min(len(typed), len(word)) < FEWEST:
        return None
    if _is_one_off(typed, word):
        return Likeness.WHOLE
    # Its last letter is the same: else all words that begin with the letters before it would be like it.
    if len(typed) > FEWEST and _has(typed, word, 0):
        return Likeness.BEGINS
    if len(typed) >= HALVED and any(_has(typed, word, at) for at in range(1, len(word) - FEWEST)):
        return Likeness.INSIDE
    return None


def apart(typed: str) -> Iterator[tuple[str, str]]:
    """The two words that may have been written as one."""
    for at in range(TAIL, len(typed) - TAIL + 1):
        yield typed[:at], typed[at:]


def _has(typed: str, word: str, at: int) -> bool:
    lengths = range(len(typed) - 1, len(typed) + 2)
    found = (word[at : at + length] for length in lengths if at + length <= len(word))
    return any(each[-1] == typed[-1] and _is_one_off(typed, each) for each in found)


def _without_one(text: str) -> set[str]:
    return {text[:at] + text[at + 1 :] for at in range(len(text))}


def _is_one_off(one: str, other: str) -> bool:
    """Another letter, one too many, one missing, or two that are swapped (Damerau 1964)."""
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    mine, theirs = one[at:], other[at:]
    return (
        mine[1:] == theirs[1:]
        or mine[1:] == theirs
        or mine == theirs[1:]
        or (mine[1::-1] == theirs[:2] and mine[2:] == theirs[2:])
    )
