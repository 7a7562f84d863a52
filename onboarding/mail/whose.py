"""Whose a mail may be, for a person to decide: the companies that something in it speaks for. None of it moves a
mail by itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db.models import Q, QuerySet

from correspondence.incoming import matching, ties
from correspondence.incoming.fetching import raw_of
from correspondence.incoming.matching import Clues
from correspondence.incoming.owners import owners_of_address, owners_of_letters, owners_of_tokens
from correspondence.models import Mail
from correspondence.reading.html_text import squeezed
from correspondence.reading.parsing import Unreadable, content, envelope
from identifiers import in_text, turkish
from onboarding.applications import owners_of_numbers
from tenancy.identities import blind_indexes, stored_as
from tenancy.models import Company

MOST = 10  # companies that one clue may name
MOST_TITLES = 5

Find = Callable[[str], Iterable[Company]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A company that the mail may be about, and what in the mail speaks for it."""

    company: Company
    why: tuple[str, ...]


def candidates(mail: Mail, companies: QuerySet[Company], find: Find) -> list[Candidate]:
    """Those of `companies` that the mail names by token, letter, number, sender or title; the most named first.

    `find` looks for words as a search field does, among the same companies.
    """
    clues, words = _read(mail)
    numbered = frozenset().union(*owners_of_numbers(clues.numbers).values())
    numbers = set(islice(in_text.numbers(words), matching.MOST))
    stored = [each for number in numbers for each in stored_as(number)]
    indexes = [each for number in numbers for each in blind_indexes(number)]
    signs = Q(applications__application_form__signatory_identity_index__in=indexes) | Q(
        applications__co_signatories__identity_index__in=indexes
    )
    speaking = (
        ("takip adresi (eskisi de olabilir) alıcılar arasında", owners_of_tokens(clues.tokens)),
        ("bir mektubunu yanıtlıyor", owners_of_letters(clues.message_ids)),
        ("başvuru numarası ya da İYSKod'u metinde geçiyor", Company.objects.filter(pk__in=numbered)),
        ("vergi numarası metinde geçiyor", Company.objects.filter(tax_number__in=stored)),
        ("MERSİS numarası metinde geçiyor", Company.objects.filter(mersis_number__in=stored)),
        ("yetkilisinin kimlik numarası metinde geçiyor", Company.objects.filter(signs)),
        ("gönderen onun adresi", owners_of_address(mail.from_email)),
    )
    reasons: dict[Company, list[str]] = {}
    for why, owners in speaking:
        for company in companies.filter(pk__in=owners.values("pk"))[:MOST]:
            reasons.setdefault(company, []).append(why)
    for company in _titled(words, find):
        reasons.setdefault(company, []).append("unvanı metinde geçiyor")
    listed = (Candidate(company, tuple(why)) for company, why in reasons.items())
    return sorted(listed, key=lambda each: -len(each.why))


def _titled(words: str, find: Find) -> Iterable[Company]:
    """Whose title stands in the words. Others may be called so as well: a name is a clue and no more."""
    found: dict[Company, None] = {}
    for title in islice(dict.fromkeys(ties.titles(words)), MOST_TITLES):
        for begun in ties.beginnings(title):
            named = [each for each in islice(find(begun), MOST) if turkish.akin(begun, each.trade_name)]
            found |= dict.fromkeys(named)
            if named:
                break
    return found


def _read(mail: Mail) -> tuple[Clues, str]:
    """The clues in the mail, and all its words, quoted ones too."""
    try:
        raw = raw_of(mail)
        head, body = envelope(raw), content(raw)
    except Unreadable:
        return Clues(frozenset(), (), frozenset()), ""
    words = f"{head.subject}\n{squeezed(body.full_text)}"
    return matching.clues(head, body, tracking_domain=settings.TRACKING_DOMAIN), words
