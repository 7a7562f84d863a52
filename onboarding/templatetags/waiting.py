"""What the page of a step says while somebody else has the turn, and how it keeps itself up to date."""

from typing import Any

from django import template

from journal.parties import Party
from onboarding.actions.pre_application import parcel
from onboarding.dossier import parcel_due
from onboarding.machine import Step
from onboarding.models import Application, StepRecord
from onboarding.overview import waiting
from onboarding.overview.pulse import pulse

register = template.Library()


@register.inclusion_tag("onboarding/_waiting.html", takes_context=True)
def wait_of(context: dict[str, Any], record: StepRecord) -> dict[str, object]:
    request = context["request"]
    wait = waiting.of(record, company=request.company, looking=request.user)
    return {"wait": wait, "may_send": context["offers"]["record_cargo"], "request": request}


@register.inclusion_tag("onboarding/_parcel_line.html", takes_context=True)
def parcel_line(context: dict[str, Any]) -> dict[str, object]:
    """For the page of a step while nobody else is waited for: what is said of a wait names the parcel itself."""
    offers = context["offers"]
    record = offers.record
    is_shown = not offers.closed and record.turn in ("", Party.COMPANY) and not waiting.has_card(record)
    return {"due": is_shown and parcel_due.is_due(offers.application), "may_send": offers["record_cargo"]}


@register.inclusion_tag("onboarding/_live.html", takes_context=True)
def live(context: dict[str, Any], step: Step) -> dict[str, object]:
    """Asks for news; for the page of a step that waits for somebody."""
    awaited = context["offers"].awaited if "offers" in context else None
    return {"step": step, "pulse": pulse(context["request"].company), "signing": awaited is not None}


@register.inclusion_tag("onboarding/_cargo_task.html")
def cargo_task(application: Application, *, offered: bool) -> dict[str, object]:
    return {"parcel": parcel.of(application, offered=offered)}
