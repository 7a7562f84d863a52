"""The paper undertaking on its way to İYS; it runs beside step 1 and never blocks it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from documents.models import Document
from journal.entries import write
from journal.models import Event
from onboarding.actor import Actor, NotAllowed
from onboarding.models import (
    Application,
    ApplicationForm,
    Attention,
    AttentionKind,
    Cargo,
    ChannelChoices,
    DocumentKind,
)
from onboarding.steps import PRE_APPLICATION


def expect(application: Application) -> None:
    """The clock of the paper undertaking starts when the dossier is handed in for the first time."""
    if not Cargo.objects.filter(application=application).exists():
        waiting = ApplicationForm.objects.filter(application=application, cargo_awaited_since=None)
        waiting.update(cargo_awaited_since=timezone.now())


def follow(application: Application, handed_in: Document, actor: Actor) -> None:
    """After an undertaking came that says something else than the one before: its original has to be sent too."""
    before = handed_in.replaces.first()
    sent = Cargo.objects.filter(application=application).first()
    if handed_in.kind != DocumentKind.UNDERTAKING or before is None or sent is None:
        return
    if before.source_sha256 == handed_in.source_sha256:
        return
    write(
        company=application.company,
        event=Event.FILLED_IN,
        text=f"Kargo {sent} önceki taahhütnameninmiş; yeni imzalananın aslı bekleniyor",
        party=actor.party,
        actor=actor.user,
        application_id=application.pk,
        step_key=PRE_APPLICATION.key,
    )
    sent.delete()
    expect(application)


def is_open(application: Application) -> bool:
    """Whether a parcel may be told of: on the manual channel in every state, also while support has paused it."""
    passable = application.verdicts()[PRE_APPLICATION.number - 1].passable
    on_paper = application.application_form.channel == ChannelChoices.MANUAL
    return application.closed_at is None and passable and on_paper


def record(
    *,
    application: Application,
    carrier: str,
    tracking_number: str,
    sent_on: date,
    arrived_on: date | None,
    actor: Actor,
) -> None:
    """Where the paper undertaking is. Raises NotAllowed when no paper goes to İYS."""
    if not is_open(application):
        raise NotAllowed("Taahhütname kargosu bu başvuruda gerekmiyor.")
    with transaction.atomic():
        Cargo.objects.update_or_create(
            application=application,
            defaults={
                "carrier": carrier,
                "tracking_number": tracking_number,
                "sent_on": sent_on,
                "arrived_on": arrived_on,
            },
        )
        ApplicationForm.objects.filter(application=application).update(cargo_awaited_since=None)
        missed = Attention.objects.filter(record__application=application, kind=AttentionKind.CARGO_MISSING)
        missed.settle(now=timezone.now(), note=f"Kargo: {carrier} {tracking_number}")
        write(
            company=application.company,
            event=Event.FILLED_IN,
            text=f"Kargo: {carrier} {tracking_number}",
            party=actor.party,
            actor=actor.user,
            application_id=application.pk,
            step_key=PRE_APPLICATION.key,
        )
