"""The last act, in İYS's own panel: "Mutabakat Yönetimi" has to be on. Only the company sees whether it is."""

from django.db import transaction
from django.utils import timezone

from journal.entries import write
from journal.models import Event
from onboarding.actor import Actor, NotAllowed
from onboarding.models import Application
from onboarding.steps import PANEL_SETTINGS


def settle(*, application: Application, is_on: bool, actor: Actor) -> None:
    """Keeps that somebody of the company has seen that it is on, or wants no reminder of it.

    Raises NotAllowed where there is nothing to settle.
    """
    with transaction.atomic():
        locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        if not locked.awaits_reconciliation:
            raise NotAllowed("Mutabakat Yönetimi için şu anda bildirilecek bir şey yok.")
        locked.reconciliation_settled_at = timezone.now()
        locked.save(update_fields=["reconciliation_settled_at"])
        write(
            company=application.company,
            event=Event.FILLED_IN,
            text=f"Mutabakat Yönetimi: {'İYS panelinde açık' if is_on else 'hatırlatma kaldırıldı'}",
            party=actor.party,
            actor=actor.user,
            application_id=locked.pk,
            step_key=PANEL_SETTINGS.key,
        )
