"""Keeping the documents of an application, each with its entry in the journal."""

import hashlib
from uuid import UUID

from documents.inspection import Inspected
from documents.models import Document, Origin
from documents.storage import store
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.actor import Actor, NotAllowed
from onboarding.dossier import former_codes, signed
from onboarding.models import Application, DocumentKind

SAME_AGAIN = "Bu, düzeltilmesi istenen dosyanın aynısı."
OTHER_SINCE = (
    "Bu belge bu arada değişti ya da kaldırıldı; sayfalarına dokunulmadı. Son haline bakıp yeniden deneyin."
)
EARLIER = "Bu dosyayı düzeltme istenmeden önce de yüklemiştiniz."


def keep(
    application: Application,
    kind: DocumentKind,
    inspected: Inspected,
    *,
    filename: str,
    actor: Actor,
    about: UUID | None = None,
    onto: Document | None = None,
) -> Document:
    """`onto`: the document whose pages are among these.

    Raises NotAllowed for the very scan that was signed before the data changed, be it with more pages, and for the
    portal's own paper that nobody has signed yet; also where `onto` is no longer the document of that kind."""
    if onto is not None and onto not in application.company.documents.current().of_kind(kind):
        raise NotAllowed(OTHER_SINCE)
    if kind in signed.ON_PAPER and signed.is_outdated(application, onto):
        raise NotAllowed(signed.CHANGED_SINCE[kind])
    digest = hashlib.sha256(inspected.payload).hexdigest()
    documents = application.company.documents
    if kind in signed.ON_PAPER and documents.filter(kind=signed.ON_PAPER[kind], sha256=digest).exists():
        raise NotAllowed(signed.UNSIGNED)
    before = documents.current().of_kind(kind).filter(sha256=digest).first()
    if kind in signed.ON_PAPER and signed.is_outdated(application, before):
        why = signed.DOUBTED if signed.is_doubted(application, before) else signed.CHANGED_SINCE
        raise NotAllowed(f"Bu dosya, önce yüklediğinizle aynı. {why[kind]}")
    source, claimed = signed.sources(application, kind)
    document = store(
        company=application.company,
        kind=kind,
        payload=inspected.payload,
        filename=filename,
        content_type=inspected.content_type,
        pages=inspected.pages,
        origin=Origin.UPLOADED,
        by=actor.user,
        about=about,
        source_sha256=source,
        claimed_sha256=claimed,
        from_photos=inspected.from_photos,
    )
    note(application, document, actor)
    return document


def refuse_earlier(application: Application, kind: DocumentKind, digest: str) -> None:
    """Raises NotAllowed for a file of before its paper was asked for anew: it would count as corrected."""
    remark = application.remarks.filter(settled_at=None, field=kind).last()
    earlier = application.company.documents.of_kind(kind).filter(sha256=digest)
    found = earlier.filter(created_at__lt=remark.asked_at).order_by("created_at").last() if remark else None
    if found is not None:
        was = SAME_AGAIN if found.replaced_by_id is None else EARLIER
        raise NotAllowed(f"{was} Yeni “{kind.label}” dosyasını seçin.")


def note(application: Application, document: Document, actor: Actor) -> None:
    write(
        company=application.company,
        event=Event.DOCUMENT_ADDED,
        text=f"{DocumentKind(document.kind).label}: {document.name}"
        + (" (firma adına)" if actor.party is Party.STAFF else ""),
        party=actor.party,
        actor=actor.user,
        application_id=application.pk,
        data={
            "document": str(document.pk),
            "sha256": document.sha256,
            **former_codes.printed(application, document.kind),
        },
    )
