"""From a sentence of one mail to the one that is taught: what will differ in the next becomes a blank. PURE."""

import re
from collections.abc import Iterable, Sequence

from correspondence.reading.blanks import BLANKS
from correspondence.reading.plain_text import PlainText

# Looked for in this order: a date is no number, a package no word.
_IN_ORDER = ("bağlantı", "e-posta", "tarih", "paket", "tutar", "saat")
_NUMBER = re.compile(r"\b(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{6,20}\b")
_DIGITS = re.compile(r"\b\d[\d.]*\b")
_MONEY = re.compile(rf"(?:{BLANKS['tutar'].pattern})(?<=[a-z₺])")
_NEAR = 40  # characters before a number in which its name may stand
_SIGNS_OF_PATTERNS = re.compile(r"[\[\]()|{}]")
Span = tuple[int, int, str]


def proposed(text: str, names: Iterable[tuple[str, str]] = ()) -> str:
    """The sentence with blanks. `names` are (words, blank): the firm's title, its brands, the partner's name."""
    words = PlainText.of(_SIGNS_OF_PATTERNS.sub(" ", text))
    spans: list[Span] = []
    for name, blank in names:
        sought = PlainText.of(name).plain.strip()
        at = words.plain.find(sought) if len(sought) > 2 else -1
        if at >= 0:
            _add(spans, (at, at + len(sought), blank))
    for name in _IN_ORDER:
        expression = _MONEY if name == "tutar" else re.compile(BLANKS[name].pattern)
        for found in expression.finditer(words.plain):
            _add(spans, (*found.span(), name))
    for found in _NUMBER.finditer(words.plain):
        _add(spans, (*found.span(), "numara"))
    for found in _DIGITS.finditer(words.plain):
        _add(spans, (*found.span(), _name_of_digits(words.plain[max(0, found.start() - _NEAR) : found.start()])))
    return _with_blanks(words, sorted(spans))


def _add(spans: list[Span], new: Span) -> None:
    if new[0] < new[1] and all(new[1] <= begin or new[0] >= end for begin, end, _name in spans):
        spans.append(new)


def _name_of_digits(before: str) -> str:
    """Only what is called İYS's code is one: any other number would be taken for the firm's."""
    return "kod" if re.search(r"\biys ?(?:numara|kod)\w*\W*$", before) else "sayı"


def _with_blanks(words: PlainText, spans: Sequence[Span]) -> str:
    pieces, at = [], 0
    for begin, end, name in spans:
        pieces += [words.written[at : words.origin[begin]], f"{{{name}}}"]
        at = words.origin[end - 1] + 1
    pieces.append(words.written[at:])
    return " ".join("".join(pieces).split()).strip(" .,;:!")
