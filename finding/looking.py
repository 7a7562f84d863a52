"""Looking for what was typed: a few queries, however many are found, each of them along the index.

The partner stands in each query, since PostgreSQL looks up nothing by the policies themselves. What is found are
rows of the index; who may see the company, the application or the mail is asked of their own tables, after that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from finding.models import LONGEST_WORD, NOBODYS, Kind, Word
from finding.typed import Number, Typed
from identifiers.turkish import Sought
from partners.models import Partner
from tenancy.identities import blind_indexes
from tenancy.models import User

MOST = 25  # rows of one kind; more are not looked through
LAST = "\U0010ffff"  # behind every sign: what begins with "ab" is less than "ab" and this
NAMES = (Kind.TITLE, Kind.BRAND, Kind.PERSON, Kind.SUBJECT)


@dataclass(frozen=True, slots=True)
class Match:
    """A row that was found; `is_whole` when a number was typed to its end."""

    word: Word
    is_whole: bool


def owners(user: User) -> list[int]:
    """Whose rows somebody of support may find."""
    if user.partner_id is not None:
        return [user.partner_id]
    return [NOBODYS, *Partner.objects.values_list("pk", flat=True)] if user.is_superuser else []


def look(user: User, typed: Typed) -> list[Match]:
    """What is found, the whole words and numbers first."""
    whose = owners(user)
    whole: dict[int, bool] = {}
    for number in typed.numbers:
        whole |= {key: word == number.text or number.whole for key, word in _by_number(whose, number)}
    for kind in NAMES if typed.words else ():
        whole |= dict.fromkeys((key for key, _word in _by_words(whose, kind, typed.words)), False)
    return _matches(whose, whole)


def look_again(user: User, keys: Sequence[int]) -> list[Match]:
    """The rows that were found before, by their keys."""
    return _matches(owners(user), dict.fromkeys(keys, True))


def needs_more(words: Sequence[Sought]) -> bool:
    """Whether nothing was typed but what a firm is in law: thousands are."""
    return bool(words) and all(each.of_kind for each in words)


def _matches(whose: Sequence[int], whole: dict[int, bool]) -> list[Match]:
    rows = Word.objects.filter(owner__in=whose, pk__in=whole).in_bulk()
    # In the order in which they were found.
    return [Match(rows[key], is_whole) for key, is_whole in whole.items() if key in rows]


def _by_number(whose: Sequence[int], number: Number) -> Iterator[tuple[int, str]]:
    rows = _rows(whose, Kind(number.kind))
    if number.kind == Kind.IDENTITY:
        found = rows.filter(word__in=blind_indexes(number.text))
    elif number.whole:
        found = rows.filter(word=number.text)
    else:
        found = _beginning(rows, number.text)
    yield from _first(found, whose)


def _by_words(whose: Sequence[int], kind: Kind, words: Sequence[Sought]) -> Iterator[tuple[int, str]]:
    """By the word that the fewest have, as far as words tell; the others are looked for in the same rows."""
    telling = [each for each in words if not each.of_kind]
    if not telling:
        return
    first = min(telling, key=lambda each: (each.is_common, -len(each.spellings[0])))
    others = Q()
    for each in words:
        if each is not first:
            others &= _any_of(each)
    for text in _shortest(first.spellings):
        yield from _first(_beginning(_rows(whose, kind), text).filter(others), whose)


def _any_of(sought: Sought) -> Q:
    found = Q()
    for text in sought.spellings:
        found |= Q(words__contains=f" {text}")
    return found


def _shortest(spellings: Sequence[str]) -> list[str]:
    """Without those that another one is the beginning of."""
    return [one for one in spellings if not any(one != other and one.startswith(other) for other in spellings)]


def _rows(whose: Sequence[int], kind: Kind) -> "QuerySet[Word]":
    return Word.objects.filter(owner__in=whose, kind=kind)


def _beginning(rows: "QuerySet[Word]", text: str) -> "QuerySet[Word]":
    begin = text[:LONGEST_WORD]
    return rows.filter(word__gte=begin, word__lt=begin + LAST)


def _first(rows: "QuerySet[Word]", whose: Sequence[int]) -> "QuerySet[Word, tuple[int, str]]":
    """As they lie in the index, so that none is sorted: the whole word before longer ones. Of several partners,
    whose words lie apart, in any order."""
    ordered = rows.order_by("word") if len(whose) == 1 else rows
    return ordered.values_list("pk", "word")[:MOST]
