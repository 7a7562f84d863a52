"""Comparing and casing Turkish words. Python's own casing knows no dotless ı. PURE.

The Unicode standard leaves Turkish casing to its users (Unicode 15, SpecialCasing.txt, "tr").
"""

import re
import unicodedata
from collections.abc import Iterable

from identifiers.invisible import visible

# The combining dot is what programs that know no Turkish leave behind when they lower an İ.
_FOLD = str.maketrans("Iİıi", "iiii", "\u0307")
_UPPER = str.maketrans("iı", "İI")
_LOWER = str.maketrans("Iİ", "ıi")
# As they read once punctuation has become spaces: "San.Tic.Ltd.Şti." is often written without any.
_SHORT_FORMS = (
    (re.compile(r"\ba ?ş\b"), "anonim şirketi"),
    (re.compile(r"\bltd\b"), "limited"),
    (re.compile(r"\bşti\b"), "şirketi"),
    (re.compile(r"\bsan\b"), "sanayi"),
    (re.compile(r"\btic\b"), "ticaret"),
    (re.compile(r"\bve\b"), ""),
)
# What nearly every company is called besides its name.
_COMMON_WORDS = frozenset({"anonim", "limited", "şirketi", "sanayi", "ticaret"})
_LEAST_WORDS = 3  # of a title that is looked for in a text, "Anonim Şirketi" among them
_PUNCTUATION = re.compile(r"[^\w\s]")


def upper(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_UPPER).upper()


def lower(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_LOWER).lower()


def fold(text: str) -> str:
    """For comparing only: case is gone, all four i's are one, white space is single, what nobody sees
    is away."""
    plain = unicodedata.normalize("NFKC", visible(text)).translate(_FOLD).casefold()
    return " ".join(plain.split())


def same(one: str, other: str) -> bool:
    """Whether two names are the same to a Turkish reader: "IŞIK LTD. ŞTİ." and "Işık Limited Şirketi" are."""
    return _essence(one) == _essence(other)


def akin(one: str, other: str) -> bool:
    """Whether two names may be one company's: at least half of the shorter name's own words are in the other."""
    shorter, longer = sorted((_own_words(one), _own_words(other)), key=len)
    return not shorter or 2 * len(shorter & longer) >= len(shorter)


def mentioned(text: str, names: Iterable[str]) -> list[str]:
    """Those of the titles that stand in a text, written out or abbreviated; not those within a longer one of them.

    A title of one or two words may be any words of the text, so it is never found.
    """
    left = f" {_essence(text)} "
    found = []
    for essence, name in sorted(((_essence(name), name) for name in set(names)), key=lambda each: -len(each[0])):
        if essence.count(" ") >= _LEAST_WORDS - 1 and f" {essence} " in left:
            found.append(name)
            left = left.replace(f" {essence} ", "  ")
    return found


def _own_words(name: str) -> set[str]:
    return set(_essence(name).split()) - _COMMON_WORDS


def _essence(name: str) -> str:
    folded = fold(name)
    words = " ".join(_PUNCTUATION.sub(" ", folded).split())
    for short, full in _SHORT_FORMS:
        words = short.sub(full, words)
    # Names made of signs alone would otherwise all be the same.
    return " ".join(words.split()) or folded
