"""A document that was the wrong one is taken away again, until the application is handed in with it."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from documents import storage
from documents.models import Document
from journal.entries import write
from journal.models import Event
from onboarding.actions.pre_application import submission
from onboarding.actor import Actor, NotAllowed
from onboarding.machine import Step
from onboarding.models import Application
from onboarding.steps import PRE_APPLICATION

SEEN = "Bu belge artık kaldırılamaz; yanlışsa yenisiyle değiştirin."
GONE = "Bu belge artık burada değil: kaldırılmış ya da yenisiyle değiştirilmiş."


def removable(application: Application, kinds: Iterable[str]) -> frozenset[str]:
    """Of these kinds those whose document may be taken away. What was handed in with an application stays in its
    history; until then it is the company's own matter."""
    fields = submission.open_fields(application)
    found = frozenset(kinds) if fields is None else frozenset(kinds) & fields
    return frozenset() if application.submissions.exists() else found


def take_away(*, application: Application, kind: str, pk: UUID, actor: Actor) -> Document:
    """The one that it had replaced is the current one again. Raises NotAllowed."""
    with transaction.atomic():
        locked = Application.objects.select_for_update().select_related("company").get(pk=application.pk)
        if kind not in removable(locked, [kind]):
            raise NotAllowed(SEEN)
        found = locked.company.documents.current().of_kind(kind).filter(pk=pk).first()
        if found is None:
            raise NotAllowed(GONE)
        withdraw(locked, found, PRE_APPLICATION, actor)
    return found


def withdraw(application: Application, document: Document, step: Step, actor: Actor) -> None:
    storage.withdraw(document)
    write(
        company=application.company,
        event=Event.DOCUMENT_WITHDRAWN,
        text=f"Belge kaldırıldı: {document.name}",
        party=actor.party,
        actor=actor.user,
        application_id=application.pk,
        step_key=step.key,
        data={"document": str(document.pk), "sha256": document.sha256},
    )
