"""Keeping the documents of an application, each with its entry in the journal."""

from uuid import UUID

from documents.inspection import Inspected
from documents.models import Document, Origin
from documents.storage import store
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.actor import Actor
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
