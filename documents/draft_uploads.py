"""Files that were chosen on a form which is not sent yet: kept, named there, and gone once they were handed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet

from documents.inspection import Inspected
from documents.models import DraftUpload
from documents.storage import discard, keep, read, tidy_name
from identifiers import Refused
from tenancy.models import Company, User

GONE = "Seçtiğiniz dosya artık burada değil: başka bir pencerede kaldırılmış ya da bir günden eski. Yeniden seçin."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is chosen: one company's form, as one person sees it. `about` as in `Document`."""

    company: Company
    person: User
    kind: str
    about: UUID | None = None


def of(company: Company, person: User) -> "QuerySet[DraftUpload]":
    """For all of the company's forms, in the order in which they were chosen."""
    return DraftUpload.objects.filter(company=company, person=person)


def waiting(place: Place) -> "QuerySet[DraftUpload]":
    return of(place.company, place.person).filter(kind=place.kind, about=place.about)


def add(place: Place, inspected: Inspected, filename: str) -> DraftUpload:
    key = uuid4()
    # Named by the row, not by its content: the same photo twice is two pages, and each goes by itself.
    stored_name = keep(f"drafts/{place.company.pk}/{key}", ContentFile(inspected.payload))
    return DraftUpload.objects.create(
        id=key,
        company=place.company,
        person=place.person,
        kind=place.kind,
        about=place.about,
        name=tidy_name(filename, inspected.content_type),
        content_type=inspected.content_type,
        size=inspected.size,
        pages=inspected.pages,
        note=inspected.note[:500],
        signed=inspected.signed,
        stored_name=stored_name,
    )


def chosen(place: Place, keys: Iterable[UUID]) -> list[DraftUpload]:
    """Those that a form names, in the form's order. Raises Refused when one of them is not there (any more)."""
    wanted = list(keys)
    found = waiting(place).in_bulk(wanted)
    if len(found) < len(set(wanted)):
        raise Refused(GONE)
    return [found[key] for key in dict.fromkeys(wanted)]


def inspected(draft: DraftUpload) -> Inspected:
    return Inspected(draft.content_type, draft.pages, read(draft), draft.note, draft.signed)


def remove(drafts: "QuerySet[DraftUpload]") -> int:
    """Takes them away with their files; returns how many."""
    with transaction.atomic():
        names = list(drafts.select_for_update().values_list("stored_name", flat=True))
        DraftUpload.objects.filter(stored_name__in=names).delete()
        transaction.on_commit(lambda: _discard(names))
    return len(names)


def _discard(names: list[str]) -> None:
    for name in names:
        discard(name)
