"""Looking for words in the guide as they are typed: without marks, in any form, in any order. PURE.

Turkish adds its endings behind the word, so two words may be the same that begin alike: “imzalayamıyorum” finds
“imzalanır”. Who types more words wants those places that have most of them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guide.reading import Page, Section
from identifiers.turkish import skeleton

LONGEST = 100  # letters that are looked at
_MOST = 8  # words of a question, and places that are shown
_STEM = 4  # letters that two words of the same stem share at least
# Words that stand in every question.
_ASKING = frozenset(
    (
        "acaba", "ama", "ben", "beni", "benim", "bir", "bu", "cok", "daha", "gibi", "icin", "ile", "mi", "mu",
        "nasil", "ne", "neden", "nedir", "neler", "nerede", "olur", "oldu", "sonra", "ve", "veya", "var", "yok",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    page: Page
    section: Section
    excerpt: str


@dataclass(frozen=True, slots=True)
class _Place:
    page: Page
    section: Section
    title: tuple[str, ...]
    text: frozenset[str]


def words(text: str) -> list[str]:
    return [each for each in map(skeleton, re.findall(r"\w+", text)) if each]


class Index:
    """The words of all places, taken apart once."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.places = [
            _Place(page, section, tuple(words(section.title)), frozenset(words(section.text)))
            for page in pages
            for section in page.sections
        ]
        self.known = frozenset(word for place in self.places for word in (*place.title, *place.text))

    def search(self, asked: str) -> list[Found]:
        """The places that fit best, the best first; nothing for a question without words."""
        terms = list(dict.fromkeys(each for each in words(asked[:LONGEST]) if each not in _ASKING))[:_MOST]
        weights = [_weights(term, self.known) for term in terms]
        scored = [(_score(weights, place), place) for place in self.places]
        best = max((number for (number, _points), _place in scored), default=0)
        fitting = [(points, place) for (number, points), place in scored if number == best > 0]
        fitting.sort(key=lambda each: -each[0])
        return [Found(it.page, it.section, _excerpt(weights, it.section)) for _points, it in fitting[:_MOST]]


def _weights(term: str, known: Iterable[str]) -> Mapping[str, int]:
    """Which words of the guide stand for a typed one, and how well."""
    found = {}
    for word in known:
        if weight := _likeness(term, word):
            found[word] = weight
    return found


def _likeness(term: str, word: str) -> int:
    """3 for the same word, 2 for one that begins with it, 1 for one of the same stem, 0 for another."""
    if term == word:
        return 3
    if len(term) > 1 and word.startswith(term):
        return 2
    shared = next((at for at, (one, other) in enumerate(zip(term, word, strict=False)) if one != other),
                  min(len(term), len(word)))  # fmt: skip
    return int(shared >= max(_STEM, 0.6 * min(len(term), len(word))))


def _score(weights: Sequence[Mapping[str, int]], place: _Place) -> tuple[int, int]:
    """How many of the typed words stand there, and how well; a word of the heading counts four times."""
    points = [max(4 * _best(each, place.title), _best(each, place.text)) for each in weights]
    return sum(map(bool, points)), sum(points)


def _best(weight: Mapping[str, int], there: Iterable[str]) -> int:
    return max((weight.get(word, 0) for word in there), default=0)


def _excerpt(weights: Sequence[Mapping[str, int]], section: Section) -> str:
    """The sentence with most of the words."""
    sentences = re.split(r"(?<=[.?!:])\s+", section.text)
    return max(sentences, key=lambda each: sum(_best(weight, words(each)) for weight in weights))
