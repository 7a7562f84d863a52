"""Verbs of marks that ask staff to look. Staff settle them with a note; nothing reopens by itself."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.actor import SYSTEM, Actor, NotAllowed
from onboarding.machine import Step
from onboarding.models import Application, Attention, AttentionKind, StepRecord
from onboarding.models.attention import refresh_flags


def raise_mark(
    *, record: StepRecord, kind: AttentionKind, idempotency_key: str, text: str, actor: Actor = SYSTEM
) -> Attention | None:
    """Raises a mark on a step, in whatever state it is; None when this cause was raised before, settled or not."""
    with transaction.atomic():
        mark, raised = Attention.objects.get_or_create(
            record=record,
            idempotency_key=idempotency_key,
            defaults={"kind": kind, "text": text[:500], "raised_by": actor.user},
        )
        if not raised:
            return None
        refresh_flags([record.pk])
        _journal(record, text, actor)
    return mark


def mark_by_hand(*, application: Application, step: Step, text: str, actor: Actor) -> None:
    """Staff note what they learned. Raises NotAllowed without a sentence and on a closed application."""
    if not text.strip():
        raise NotAllowed("Neye dikkat edileceğini yazın.")
    if application.closed_at is not None:
        raise NotAllowed("Bu başvuru kapanmış; üzerinde işlem yapılamaz.")
    record = application.records.get(step=step.key)
    idempotency_key = f"by_hand:{timezone.now().isoformat()}"
    raise_mark(
        record=record, kind=AttentionKind.BY_HAND, idempotency_key=idempotency_key, text=text.strip(), actor=actor
    )


def settle(*, mark: Attention, note: str, actor: Actor) -> None:
    """Staff say what was done about it. Raises NotAllowed without a note, or when somebody else was faster."""
    if not note.strip():
        raise NotAllowed("Ne yapıldığını yazın.")
    with transaction.atomic():
        settled = Attention.objects.open().filter(pk=mark.pk)
        if not settled.update(settled_at=timezone.now(), settled_by=actor.user, note=note.strip()[:1000]):
            raise NotAllowed("Bu işareti az önce başka biri kapattı.")
        refresh_flags([mark.record_id])
        _journal(mark.record, f"{mark.text} → {note.strip()}", actor)


def record_package_end(*, application: Application, ends_on: date | None, actor: Actor) -> None:
    """Until when İYS's package runs, as staff know it; the portal marks the application in time."""
    with transaction.atomic():
        Application.objects.filter(pk=application.pk).update(package_ends_on=ends_on)
        write(
            company=application.company,
            event=Event.FILLED_IN,
            text=f"Paketin son günü: {ends_on:%d.%m.%Y}" if ends_on else "Paketin son günü silindi",
            party=Party.STAFF,
            actor=actor.user,
            application_id=application.pk,
        )


def _journal(record: StepRecord, text: str, actor: Actor) -> None:
    write(
        company=record.application.company,
        event=Event.ATTENTION,
        text=f"{record.definition.title}: {text}",
        party=actor.party,
        actor=actor.user,
        application_id=record.application_id,
        step_key=record.step,
    )
