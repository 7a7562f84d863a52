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
from onboarding.dossier import signed
from onboarding.models import Application, DocumentKind


def keep(
    application: Application,
    kind: DocumentKind,
    inspected: Inspected,
    *,
    filename: str,
    actor: Actor,
    about: UUID | None = None,
) -> Document:
    """Raises NotAllowed for the very scan that was signed before the data changed."""
    digest = hashlib.sha256(inspected.payload).hexdigest()
    before = application.company.documents.current().of_kind(kind).filter(sha256=digest).first()
    if kind in signed.ON_PAPER and signed.is_outdated(application, before):
        raise NotAllowed(f"Bu dosya, önce yüklediğinizle aynı. {signed.CHANGED_SINCE[kind]}")
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
        source_sha256=signed.source(application, kind),
    )
    note(application, document, actor)
    return document


def note(application: Application, document: Document, actor: Actor) -> None:
    write(
        company=application.company,
        event=Event.DOCUMENT_ADDED,
        text=f"{DocumentKind(document.kind).label}: {document.name}"
        + (" (firma adına)" if actor.party is Party.STAFF else ""),
        party=actor.party,
        actor=actor.user,
        application_id=application.pk,
        data={"document": str(document.pk), "sha256": document.sha256},
    )
