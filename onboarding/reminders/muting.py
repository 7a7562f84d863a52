"""Leaving a company in peace for a while: no reminder to anybody about it, and no escalation."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from journal.entries import write
from journal.models import Event
from onboarding.actor import Actor, NotAllowed
from onboarding.models import ReminderMute
from tenancy.models import Company


def mute(*, company: Company, reason: str, until: date, actor: Actor) -> None:
    """Up to and including `until`; a mute that is in force is replaced. Raises NotAllowed without a reason."""
    if actor.user is None or not reason.strip():
        raise NotAllowed("Hatırlatmaların neden durdurulduğunu yazın.")
    if until < timezone.localdate():
        raise NotAllowed("Molanın son günü geçmişte kalamaz.")
    with transaction.atomic():
        company.reminder_mutes.filter(lifted_at=None).update(lifted_at=timezone.now())
        ReminderMute.objects.create(company=company, reason=reason.strip()[:500], until=until, muted_by=actor.user)
        _journal(company, f"{until:%d.%m.%Y} gününe kadar hatırlatma yok: {reason.strip()}", actor)


def lift(*, company: Company, actor: Actor) -> None:
    with transaction.atomic():
        if company.reminder_mutes.filter(lifted_at=None).update(lifted_at=timezone.now()):
            _journal(company, "Hatırlatmalar yeniden başladı", actor)


def _journal(company: Company, text: str, actor: Actor) -> None:
    write(
        company=company,
        event=Event.REMINDERS_MUTED,
        text=text,
        party=actor.party,
        actor=actor.user,
        application_id=company.applications.live().values_list("pk", flat=True).first(),
    )
