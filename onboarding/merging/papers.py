"""Which documents go over. Of each kind and purpose a company has one that counts; which one that is stays as the
company has it that stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from brands.models import Brand
from correspondence.models import LetterAttachment
from documents.models import Document
from onboarding.models import Assignment, Offer, Payment, SignatureCheck
from tenancy.models import Company

# What names a document, and goes over itself.
NAMING: tuple[tuple[type[Model], str], ...] = (
    (LetterAttachment, "document"),
    (SignatureCheck, "document"),
    (SignatureCheck, "issued"),
    (Offer, "pdf"),
    (Payment, "receipt"),
    (Assignment, "signed_form"),
    (Brand, "certificate"),
)


@dataclass(frozen=True, slots=True)
class Papers:
    """`stay` are of kinds that the other company has a paper of, and named by nothing that goes over; `give_way`
    go over with what names them and count no more, by the paper that does."""

    go: frozenset[UUID]
    stay: frozenset[UUID]
    give_way: Mapping[UUID, UUID]


def papers(goes: Company, stays: Company) -> Papers:
    counting = {(each.kind, each.about): each.pk for each in Document.objects.current().filter(company=stays)}
    named = _named(goes)
    own = list(Document.objects.filter(company=goes))
    kept_together = {(each.kind, each.about) for each in own if each.pk in named}
    stay = {each.pk for each in own if (each.kind, each.about) in counting.keys() - kept_together}
    give_way = {
        each.pk: counting[each.kind, each.about]
        for each in own
        if each.pk not in stay and each.replaced_by_id is None and (each.kind, each.about) in counting
    }
    return Papers(frozenset(each.pk for each in own if each.pk not in stay), frozenset(stay), give_way)


def _named(company: Company) -> set[Any]:
    found: set[Any] = set()
    for model, field in NAMING:
        rows: QuerySet[Any] = QuerySet(model)
        found |= set(rows.filter(**{f"{field}__company": company}).values_list(field, flat=True))
    return found
