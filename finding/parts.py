"""Keeping the parts of words: of each word in the names of a partner's companies, and of no others."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef

from finding import spelling
from finding.models import SPELLED, Part, Word

LOCK = 7_310  # of PostgreSQL's advisory locks

Spelled: TypeAlias = Mapping[int, set[str]]  # the words, by the partner's key


def of_names(words: Iterable[Word]) -> Spelled:
    """The words of names, of rows of the index."""
    found: dict[int, set[str]] = defaultdict(set)
    for each in words:
        if each.kind in SPELLED and spelling.is_kept(each.word):
            found[each.owner].add(each.word)
    return found


def of_companies(keys: Collection[UUID]) -> Spelled:
    rows = Word.objects.filter(company__in=keys, mail_id=None, kind__in=SPELLED)
    return of_names(rows.only("owner", "kind", "word"))


def renew(before: Spelled, after: Spelled) -> None:
    """After the words are written, in their transaction."""
    _wait_for_others()
    for partner, words in before.items():
        _take_away(partner, words - after.get(partner, set()))
    for partner, words in after.items():
        _add(partner, words)


def sweep() -> None:
    """Takes away what no name has any more, where it is not known whose names went."""
    _wait_for_others()
    used = Word.objects.filter(owner=OuterRef("partner"), kind__in=SPELLED, word=OuterRef("word"))
    gone = Part.objects.filter(part=F("word")).exclude(Exists(used))
    for partner, word in gone.values_list("partner", "word"):
        _delete(partner, word)


def _wait_for_others() -> None:
    """Until this transaction ends: another one may have the word that nobody seems to have, and not be committed.
    SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _take_away(partner: int, words: Collection[str]) -> None:
    used = Word.objects.filter(owner=partner, kind__in=SPELLED, word__in=words)
    for word in set(words) - set(used.values_list("word", flat=True)):
        _delete(partner, word)


def _delete(partner: int, word: str) -> None:
    Part.objects.filter(partner=partner, part__in=spelling.parts(word), word=word).delete()


def _add(partner: int, words: Collection[str]) -> None:
    there = Part.objects.filter(partner=partner, part__in=words, word=F("part")).values_list("word", flat=True)
    new = (
        Part(partner_id=partner, part=part, word=word)
        for word in set(words) - set(there)
        for part in spelling.parts(word)
    )
    Part.objects.bulk_create(new, batch_size=1000, ignore_conflicts=True)
