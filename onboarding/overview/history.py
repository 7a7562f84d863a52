"""Moments of the journal that a step's page tells of: a pause, an end, a step that was finished."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from correspondence.models import Audience, Letter
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.machine import Step
from onboarding.models import Application


@dataclass(frozen=True, slots=True)
class Ending:
    """How an application ended. `by` names whoever of the company ended it, and is empty for support."""

    label: str
    when: datetime | None
    by: str
    reason: str
    told_iys: bool


def ending(application: Application) -> Ending | None:
    """None while the application goes on."""
    if application.closed_at is None:
        return None
    closed = (
        Entry.objects.filter(application_id=application.pk, event=Event.CLOSED).select_related("actor").first()
    )
    by_company = closed is not None and closed.party == Party.COMPANY
    letters = Letter.objects.filter(
        company_id=application.company_id, application_id=application.pk, audience=Audience.IYS
    )
    return Ending(
        label=application.get_closing_display(),
        when=application.closed_at,
        by=str(closed.actor or "") if closed is not None and by_company else "",
        reason=application.closing_reason,
        told_iys=letters.filter(idempotency_key__startswith="withdrawal_to_iys:").exists(),
    )


def paused_at(application: Application, step: Step) -> datetime | None:
    """When support paused the step last."""
    return _moves(application, step).filter(data__move="hold").values_list("at", flat=True).first()


def finished_at(application: Application, step: Step) -> datetime | None:
    """When the step was finished last, whatever was doubted since."""
    done = [*step.done]
    finishing = _moves(application, step).filter(data__state__in=done).exclude(data__left__in=done)
    return finishing.values_list("at", flat=True).first()


def _moves(application: Application, step: Step) -> QuerySet[Entry]:
    return Entry.objects.filter(application_id=application.pk, step_key=step.key, event=Event.MOVED)
