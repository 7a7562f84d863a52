"""The paper undertaking on its way to İYS; it runs beside step 1 and never blocks it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from documents.models import Document
from journal.entries import write
from journal.models import Event
from onboarding.actor import Actor, NotAllowed
from onboarding.dossier import parcel_due
from onboarding.models import (
    Application,
    ApplicationForm,
    Attention,
    AttentionKind,
    Cargo,
    DocumentKind,
)
from onboarding.steps import PRE_APPLICATION


def expect(application: Application) -> None:
    """The original is awaited once the dossier was handed in; its days count from when it is due."""
    is_awaited = ApplicationForm.objects.exclude(cargo_awaited_since=None).filter(application=application)
    if not is_awaited.exists() and not Cargo.objects.filter(application=application).exists():
        parcel_due.start_clock(application)


def follow(application: Application, handed_in: Document, actor: Actor) -> None:
    """After an undertaking came that says something else than the one before: its original has to be sent too.

    The parcel that is known stays, as that of an earlier undertaking, until the new one is told of.
    """
    before, sent = handed_in.replaces.first(), application.application_form.parcel
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
    parcel_due.start_clock(application)


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
    if not application.application_form.sends_parcel:
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
