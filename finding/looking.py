"""Looking for what was typed: a few queries, however many are found, each along the index and no further than
MOST_READ of its entries, so that no look takes long however large the index is.

The partner stands in each query, since PostgreSQL looks up nothing by the policies themselves. What is found are
rows of the index; who may see the company, the application or the mail is asked of their own tables, after that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from finding.models import LONGEST_WORD, NOBODYS, Kind, Word
from finding.typed import Number, Typed
from identifiers.turkish import Sought
from partners.models import Partner
from tenancy.identities import blind_indexes
from tenancy.models import User

MOST = 25  # rows of one kind that are given
MOST_READ = 10_000  # entries of one word that are read for the others
MOST_WORDS = 8
LAST = "\U0010ffff"  # behind every sign: what begins with "ab" is less than "ab" and this
NAMES = (Kind.TITLE, Kind.BRAND, Kind.PERSON, Kind.SUBJECT)


@dataclass(frozen=True, slots=True)
class Match:
    """A row that was found; `is_whole` when a number was typed to its end, `is_near` when it is not what was typed
    but like it."""

    word: Word
    is_whole: bool
    is_near: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """`is_cut` when each word has more entries than are read, so that something may have been missed."""

    matches: Sequence[Match]
    is_cut: bool = False


def owners(user: User) -> list[int]:
    """Whose rows somebody of support may find."""
    if user.partner_id is not None:
        return [user.partner_id]
    return [NOBODYS, *Partner.objects.values_list("pk", flat=True)] if user.is_superuser else []


def look(user: User, typed: Typed) -> Looked:
    """What is found, the whole words and numbers first."""
    whose = owners(user)
    whole: dict[int, bool] = {}
    for number in typed.numbers:
        whole |= {key: word == number.text or number.whole for key, word in _by_number(whose, number)}
    is_cut = False
    for kind in NAMES if typed.words else ():
        found, cut = by_words(whose, kind, typed.words[:MOST_WORDS])
        whole |= dict.fromkeys(found, False)
        is_cut |= cut
    return Looked(matches(whose, whole), is_cut)


def look_again(user: User, keys: Sequence[int]) -> Looked:
    """The rows that were found before, by their keys."""
    return Looked(matches(owners(user), dict.fromkeys(keys, True)))


def needs_more(words: Sequence[Sought]) -> bool:
    """Whether nothing was typed but what a firm is in law: thousands are."""
    return bool(words) and all(each.of_kind for each in words)


def matches(whose: Sequence[int], whole: dict[int, bool]) -> list[Match]:
    rows = Word.objects.filter(owner__in=whose, pk__in=whole).in_bulk()
    # In the order in which they were found.
    return [Match(rows[key], is_whole) for key, is_whole in whole.items() if key in rows]


def of_number(number: Number) -> Q:
    """The entries that are meant by it."""
    of_kind = Q(kind=Kind(number.kind))
    if number.kind == Kind.IDENTITY:
        return of_kind & Q(word__in=blind_indexes(number.text))
    return of_kind & (Q(word=number.text) if number.whole else beginning(number.text))


def telling(words: Sequence[Sought]) -> list[Sought]:
    """Those by which something is looked up; none where nothing but what a firm is in law was typed."""
    found = [each for each in words if not (each.of_kind or each.may_be_kind)]
    return found or [each for each in words if not each.of_kind]


def _by_number(whose: Sequence[int], number: Number) -> Iterator[tuple[int, str]]:
    yield from _first(Word.objects.filter(of_number(number), owner__in=whose), whose)


def by_words(
    whose: Sequence[int], kind: Kind, words: Sequence[Sought], most: int = MOST
) -> tuple[list[int], bool]:
    """The keys, and whether something may be missing. Looked up is the word that the fewest have; the others are
    looked for in its entries."""
    counts = {each: _count(whose, kind, each) for each in telling(words)}
    if not counts or not all(counts.values()):
        return [], False
    first = min(counts, key=counts.__getitem__)
    others = [each for each in words if each is not first]
    found: dict[int, None] = {}
    for text in _shortest(first.spellings):
        found |= dict.fromkeys(_read(_rows(whose, kind).filter(beginning(text)), whose, others, most))
    return list(found)[:most], bool(others) and counts[first] >= MOST_READ and len(found) < most


def _count(whose: Sequence[int], kind: Kind, sought: Sought) -> int:
    """How many entries, as far as it matters."""
    rows = _rows(whose, kind)
    return max(rows.filter(beginning(text))[:MOST_READ].count() for text in _shortest(sought.spellings))


def _read(rows: "QuerySet[Word]", whose: Sequence[int], others: Sequence[Sought], most: int) -> list[int]:
    """The keys of those entries that have the other words too. The entries are taken first, by a query within the
    query: PostgreSQL cannot guess how many have a word in the middle, and would read all of them to sort them."""
    inner, values = _as_they_lie(rows, whose).values("id", "words")[:MOST_READ].query.sql_with_params()
    wanted = [[f"% {text}%" for text in each.spellings] for each in others]
    having = " AND ".join(f"({' OR '.join(['words LIKE %s'] * len(texts))})" for texts in wanted)
    with connection.cursor() as cursor:
        # What is typed stands in the values alone.
        cursor.execute(
            f"SELECT id FROM ({inner}) AS read {'WHERE' if having else ''} {having} LIMIT {most}",  # noqa: S608
            [*values, *(text for texts in wanted for text in texts)],
        )
        return [key for (key,) in cursor.fetchall()]


def _shortest(spellings: Sequence[str]) -> list[str]:
    """Without those that another one is the beginning of."""
    return [one for one in spellings if not any(one != other and one.startswith(other) for other in spellings)]


def _rows(whose: Sequence[int], kind: Kind) -> "QuerySet[Word]":
    return Word.objects.filter(owner__in=whose, kind=kind)


def beginning(text: str) -> Q:
    """What begins so; LIKE is not looked up behind the wall."""
    begin = text[:LONGEST_WORD]
    return Q(word__gte=begin, word__lt=begin + LAST)


def _first(rows: "QuerySet[Word]", whose: Sequence[int]) -> "QuerySet[Word, tuple[int, str]]":
    return _as_they_lie(rows, whose).values_list("pk", "word")[:MOST]


def _as_they_lie(rows: "QuerySet[Word]", whose: Sequence[int]) -> "QuerySet[Word]":
    """In the order of the index, so that none is sorted: the whole word before longer ones. Of several partners,
    whose words lie apart, in any order."""
    return rows.order_by("word") if len(whose) == 1 else rows
