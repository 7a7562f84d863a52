"""What may have been meant where a name was typed amiss, from the middle of a word on, in one word or apart.

Words alone are guessed at, never numbers. Asked first is which words there are that are like each typed one; then
names with these are looked up as if they had been typed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from uuid import UUID

from django.db.models import F

from finding import looking, spelling, typed
from finding.looking import LAST, Looked
from finding.models import SPELLED, Part
from finding.typed import Typed
from identifiers.turkish import Sought
from tenancy.models import User

ENOUGH = 8  # names that begin as it was typed: nothing is guessed beside them
MOST = 8  # that are guessed
_MOST_LIKE = 6  # words for one that was typed
_MOST_READ = 400  # words of one beginning that are compared
_MOST_OTHERWISE = 4  # ways of writing words as one, or one as two

_Words = Sequence[Sought]


def beside(user: User, meant: Typed, looked: Looked) -> Looked:
    """What was found, and after it what may have been meant."""
    names = [match for match in looked.matches if match.word.kind in SPELLED]
    is_number = meant.is_secret or any(match.is_whole for match in looked.matches)
    if is_number or len(names) >= ENOUGH or not looking.telling(meant.words):
        return looked
    known = {match.word.pk for match in looked.matches}
    found: dict[int, None] = {}
    whose = looking.owners(user)
    for words in _meant(whose, meant.words[: looking.MOST_WORDS]):
        for kind in SPELLED:
            found |= dict.fromkeys(key for key in looking.by_words(whose, kind, words)[0] if key not in known)
        if len(found) >= MOST:
            break
    near = looking.matches(whose, dict.fromkeys(list(found)[:MOST], False))
    return replace(looked, matches=[*looked.matches, *(replace(each, is_near=True) for each in near)])


def companies(user: User, text: str) -> list[UUID]:
    """Those by one of whose names somebody may have meant the text."""
    looked = beside(user, typed.read(text), Looked([]))
    found = dict.fromkeys(match.word.company_id for match in looked.matches)
    return [key for key in found if key is not None]


def _meant(whose: Sequence[int], words: _Words) -> Iterator[_Words]:
    """The words as they may have been meant, the likest first."""
    telling = looking.telling(words)
    like = {each: _like(whose, each.spellings[0]) for each in telling}
    if any(like.values()):
        yield [_also(each, like.get(each, ())) for each in words]
    yield from list(_otherwise(whose, words, telling))[:_MOST_OTHERWISE]


def _otherwise(whose: Sequence[int], words: _Words, telling: _Words) -> Iterator[_Words]:
    """Two words in one, and one in two."""
    for first, second in pairwise(telling):
        one = first.spellings[0] + second.spellings[0]
        if like := _like(whose, one, beginning=True):
            rest = [each for each in words if each not in (first, second)]
            yield [Sought(like, of_kind=False, may_be_kind=False), *rest]
    for each in telling:
        halves = dict(spelling.apart(each.spellings[0]))
        for begin in _there(whose, halves):
            two = [Sought((half,), of_kind=False, may_be_kind=False) for half in (begin, halves[begin])]
            yield [*two, *(other for other in words if other is not each)]


def _also(sought: Sought, like: Sequence[str]) -> Sought:
    # Those first that were not looked for yet.
    return replace(sought, spellings=(*like, *sought.spellings))


def _like(whose: Sequence[int], typed: str, *, beginning: bool = False) -> tuple[str, ...]:
    """The words that are like it, the likest first; with those that begin so, if `beginning`."""
    ranked: dict[str, tuple[int, int]] = {}
    for word in _words(whose, spelling.sieve(typed)):
        if beginning and word.startswith(typed):
            ranked[word] = (-1, len(word))
        elif (likeness := spelling.likeness(typed, word)) is not None:
            ranked[word] = (likeness, len(word))
    return tuple(sorted(ranked, key=lambda word: (*ranked[word], word))[:_MOST_LIKE])


def _words(whose: Sequence[int], sieve: spelling.Sieve) -> set[str]:
    rows = Part.objects.filter(partner__in=whose)
    found: set[str] = set()
    if sieve.same:
        found.update(rows.filter(part__in=sieve.same).values_list("word", flat=True)[:_MOST_READ])
    for begin in sieve.begin:
        begins = rows.filter(part__gte=begin, part__lt=begin + LAST)
        found.update(begins.values_list("word", flat=True)[:_MOST_READ])
    return found


def _there(whose: Sequence[int], words: Mapping[str, str]) -> list[str]:
    """Which of these there are, the longest first."""
    rows = Part.objects.filter(partner__in=whose, part__in=words, word=F("part")) if words else Part.objects.none()
    return sorted(set(rows.values_list("word", flat=True)), key=len, reverse=True)
