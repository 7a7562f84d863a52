"""From a sentence of one mail to the one that is taught: what will differ in the next becomes a blank. PURE."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from correspondence.reading.blanks import BLANKS
from correspondence.reading.plain_text import PlainText

# Looked for in this order: a date is no number, a package no word.
_IN_ORDER = ("bağlantı", "e-posta", "tarih", "paket", "tutar", "saat")
_NUMBER = re.compile(r"\b(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{6,20}\b")
_DIGITS = re.compile(r"\b\d[\d.]*\b")
_MONEY = re.compile(rf"(?:{BLANKS['tutar'].pattern})(?<=[a-z₺])")
_NEAR = 40  # characters before a number in which its name may stand
_SIGNS_OF_PATTERNS = re.compile(r"[\[\]()|{}]")
# Into these people may put words; the others that take free words are the product's own (see `known.txt`).
_NAMES = ("unvan", "marka", "iş ortağı", "kişi")
_FREE = (*_NAMES, "açıklama")


@dataclass(frozen=True, slots=True)
class Varying:
    """Words of a sentence that will be others in the next mail, from `begin` to `end` of its plain text, and the
    blank that takes them."""

    begin: int
    end: int
    words: str
    blank: str


class TaughtText:
    """A sentence of a mail on its way to a pattern."""

    def __init__(self, sentence: str) -> None:
        self.text = PlainText.of(_SIGNS_OF_PATTERNS.sub(" ", sentence))

    def proposed(self, names: Iterable[tuple[str, str]] = ()) -> list[Varying]:
        """What is likely to vary, in order. `names` are (words, blank): the firm's title, its brands, codes."""
        found: list[Varying] = []
        for words, blank in names:
            _add(found, self.places_of(words, blank)[:1])
        for blank in _IN_ORDER:
            expression = _MONEY if blank == "tutar" else re.compile(BLANKS[blank].pattern)
            _add(found, self._matches(expression, blank))
        _add(found, self._matches(_NUMBER, "numara"))
        _add(found, (replace(each, blank=self._kind_of_number(each.begin)) for each in self._matches(_DIGITS, "")))
        return sorted(found, key=lambda each: each.begin)

    def places_of(self, words: str, blank: str) -> list[Varying]:
        """Wherever the words stand as whole words."""
        sought = PlainText.of(_SIGNS_OF_PATTERNS.sub(" ", words)).plain.strip()
        if len(sought) < 2:
            return []
        return list(self._matches(re.compile(rf"(?<!\w){re.escape(sought)}(?!\w)"), blank))

    def pattern(self, varying: Iterable[Varying]) -> str:
        """The sentence as it is taught; of two that overlap the first counts."""
        kept: list[Varying] = []
        _add(kept, varying)
        written, pieces, at = self.text.written, [], 0
        for each in sorted(kept, key=lambda each: each.begin):
            pieces += [written[at : self.text.origin[each.begin]], f"{{{each.blank}}}"]
            at = self.text.origin[each.end - 1] + 1
        pieces.append(written[at:])
        return " ".join("".join(pieces).split()).strip(" .,;:!")

    def _matches(self, expression: re.Pattern[str], blank: str) -> Iterator[Varying]:
        for found in expression.finditer(self.text.plain):
            if found.group().strip():
                yield Varying(*found.span(), self.text.as_written(*found.span()), blank)

    def _kind_of_number(self, at: int) -> str:
        """Only what is called İYS's code is one: any other number would be taken for the firm's."""
        before = self.text.plain[max(0, at - _NEAR) : at]
        return "kod" if re.search(r"\biys ?(?:numara|kod)\w*\W*$", before) else "sayı"


def blanks_for(words: str) -> Sequence[str]:
    """The blanks that take these words: what they are by their form, else the names of people and firms."""
    text = PlainText.of(words)
    plain, written = text.plain.strip(), text.written.strip()
    exact = [name for name, blank in BLANKS.items() if not blank.free and re.fullmatch(blank.pattern, plain)]
    return exact or [name for name in _FREE if BLANKS[name].takes(plain, written)]


def _add(kept: list[Varying], more: Iterable[Varying]) -> None:
    """Those that overlap none that is there already."""
    for new in more:
        if all(new.end <= each.begin or new.begin >= each.end for each in kept):
            kept.append(new)
