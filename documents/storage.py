"""Keeping and giving out files: private storage, named by content."""

import hashlib
import logging
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, Protocol
from urllib.parse import quote
from uuid import UUID

from django.apps import apps
from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.db import models, transaction
from django.http import FileResponse, HttpResponse
from django.utils import timezone

from documents.encrypted import DamagedFile, verified
from documents.inspection import JPEG, PDF, Inspected
from documents.models import Document, Origin, PaperReading
from identifiers.masking import masked
from tenancy.models import Company, User

logger = logging.getLogger(__name__)
ERASED_NAME = "silinmiş belge"  # a file's name may name a person
EXTENSIONS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


class Kept(Protocol):
    """A file of the store, under the name that people see."""

    @property
    def name(self) -> str: ...
    @property
    def content_type(self) -> str: ...
    @property
    def stored_name(self) -> str: ...


def store(
    *,
    company: Company,
    kind: str,
    payload: bytes,
    filename: str,
    content_type: str,
    pages: int | None,
    origin: Origin,
    by: User | None,
    source_sha256: str = "",
    claimed_sha256: str = "",
    about: UUID | None = None,
    from_photos: bool = False,
) -> Document:
    """Keeps a file that was inspected; the current one of the same kind and about the same is replaced by it.

    The same content again is the same document. `pages` None for pictures.
    """
    digest = hashlib.sha256(payload).hexdigest()
    with transaction.atomic():
        # Two uploads of one kind at once: the second waits and then replaces the first.
        Company.objects.select_for_update(no_key=True).get(pk=company.pk)
        before = company.documents.current().of_kind(kind).filter(about=about)
        same = before.filter(sha256=digest, source_sha256=source_sha256).first()
        if same is not None:
            return same
        stored_name = keep_once(f"documents/{company.pk}/{digest}", payload)
        document = Document.objects.create(
            company=company,
            kind=kind,
            about=about,
            origin=origin,
            name=tidy_name(filename, content_type),
            content_type=content_type,
            size=len(payload),
            pages=pages,
            from_photos=from_photos,
            sha256=digest,
            source_sha256=source_sha256,
            claimed_sha256=claimed_sha256,
            stored_name=stored_name,
            created_by=by,
        )
        before.exclude(pk=document.pk).update(replaced_by=document)
    return document


def withdraw(document: Document) -> None:
    """Erases a document that should never have been kept; the one that it replaced is the current one again."""
    with transaction.atomic():
        Document.objects.filter(replaced_by=document).update(replaced_by=None)
        _erase(document)


def erase(document: Document) -> int:
    """Takes the file away and keeps the row with its hash, day and size; returns how many files went."""
    with transaction.atomic():
        return _erase(document, name=ERASED_NAME)


def _erase(document: Document, **more: str) -> int:
    Document.objects.filter(pk=document.pk).update(erased_at=timezone.now(), **more)
    PaperReading.objects.filter(document=document).delete()
    if Document.objects.filter(stored_name=document.stored_name, erased_at=None).exists():
        return 0
    transaction.on_commit(lambda: storages["private"].delete(document.stored_name))
    return 1


def file_columns() -> list[tuple[type[models.Model], str]]:
    """Every column that names a file of the private store: by convention its name ends in `stored_name`."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields  # noqa: SLF001 - Django's way to ask a model
        if field.name.endswith("stored_name")
    ]


def tidy_name(filename: str, content_type: str) -> str:
    """The file's own name without folders, with the ending that its content has."""
    # Scans are named by the number of whose they are. A star has no place in a file name.
    seen = masked(filename).replace("*", "x")
    base = "".join(filter(str.isprintable, seen)).replace("\\", "/").rpartition("/")[2]
    stem = PurePath(base).stem.strip(". ") or "belge"
    return f"{stem[:180]}{EXTENSIONS[content_type]}"


def read(found: Kept) -> bytes:
    with storages["private"].open(found.stored_name) as stored:
        content: bytes = stored.read()
    return content


def inspected(document: Document) -> Inspected:
    """A document as it came in."""
    return Inspected(document.content_type, document.pages, read(document), from_photos=document.from_photos)


def chunks(stored_name: str) -> Iterator[bytes]:
    """What is stored, piece by piece. Raises FileNotFoundError when it is gone."""
    with storages["private"].open(stored_name) as stored:
        yield from stored.chunks()


def keep(stored_name: str, content: IO[bytes]) -> str:
    """Stores a file piece by piece and returns the name it was given."""
    content.seek(0)
    return storages["private"].save(stored_name, File(content))


def keep_once(stored_name: str, payload: bytes) -> str:
    """Stores what is named by its content, unless it is there whole; returns its name."""
    files = storages["private"]
    try:
        if files.exists(stored_name) and files.size(stored_name) == len(payload):
            return stored_name
    except DamagedFile:
        logger.warning("%s was damaged and is written anew.", stored_name)
    return files.save(stored_name, ContentFile(payload))


def discard(stored_name: str) -> None:
    if stored_name:
        storages["private"].delete(stored_name)


def streamed(found: Kept) -> FileResponse:
    """A file to be kept, of any size: piece by piece, and nothing at all of one that is damaged."""
    stored = verified(storages["private"].open(found.stored_name))
    answer = FileResponse(stored, content_type=found.content_type)
    answer["Content-Disposition"] = _disposition(found, inline=False)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def response(document: Document, *, inline: bool) -> HttpResponse:
    """The file for a browser that may neither sniff its type nor run anything in it (RFC 6266, RFC 8187)."""
    answer = HttpResponse(read(document), content_type=document.content_type)
    answer["Content-Disposition"] = _disposition(document, inline=inline)
    answer["X-Content-Type-Options"] = "nosniff"
    # Browsers refuse to show a PDF in a sandbox; uploads with active content were refused at inspection.
    sandbox = "" if document.content_type == PDF else "sandbox; "
    answer["Content-Security-Policy"] = (
        f"{sandbox}default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    answer["X-Frame-Options"] = "SAMEORIGIN"  # the preview on our own pages
    return answer


def picture(payload: bytes) -> HttpResponse:
    """A JPEG that was made of a stored file, to be looked at on a page of ours."""
    answer = HttpResponse(payload, content_type=JPEG)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def attachment(found: Inspected, filename: str) -> HttpResponse:
    """An inspected file that is kept nowhere as a document, for a browser to save."""
    answer = HttpResponse(found.payload, content_type=found.content_type)
    name = quote(tidy_name(filename, found.content_type))
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _disposition(document: Kept, *, inline: bool) -> str:
    return f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(document.name)}"
