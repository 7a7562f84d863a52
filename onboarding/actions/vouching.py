"""The company's word that a paper which came back signed is the one with the words of now (signed.DOUBTED)."""

from functools import partial
from uuid import UUID

from django.db import transaction

from documents.models import Document
from journal.entries import write
from journal.models import Event
from onboarding.actions import partner_assignment
from onboarding.actions.pre_application import cargo, submission
from onboarding.actor import Actor, NotAllowed
from onboarding.dossier import parcel_due, signed
from onboarding.models import Application, DocumentKind

NOT_ASKED = "Bu belge için artık bir şey sorulmuyor; sayfanın son haline bakın."


def vouch(*, application: Application, kind: str, pk: UUID, actor: Actor) -> Document:
    """Raises NotAllowed where it is not asked, or nothing may be handed in."""
    with transaction.atomic(), parcel_due.clock(partial(parcel_due.fresh, application)):
        locked = Application.objects.select_for_update().select_related("company").get(pk=application.pk)
        found = locked.company.documents.current().of_kind(kind).filter(pk=pk).first()
        if found is None or not _is_open(locked, kind) or not signed.is_doubted(locked, found):
            raise NotAllowed(NOT_ASKED)
        found.source_sha256 = found.claimed_sha256
        found.save(update_fields=["source_sha256"])
        write(
            company=locked.company,
            event=Event.FILLED_IN,
            text=f"{DocumentKind(kind).label}: yeni belge indirilmemişti; yükleneni yeni bilgilerle imzaladığını "
            f"bildirdi ({found.name})",
            party=actor.party,
            actor=actor.user,
            application_id=locked.pk,
            data={"document": str(found.pk), "sha256": found.sha256},
        )
        cargo.follow(locked, found, actor)
    return found


def _is_open(application: Application, kind: str) -> bool:
    if kind == DocumentKind.ASSIGNMENT_FORM:
        return partner_assignment.is_open(application)
    fields = submission.open_fields(application)
    return fields is None or kind in fields
