"""What the page of a step says while somebody else has the turn, and how it keeps itself up to date."""

from typing import Any

from django import template

from onboarding.actions.pre_application import parcel
from onboarding.machine import Step
from onboarding.models import Application, StepRecord
from onboarding.overview import waiting
from onboarding.overview.pulse import pulse

register = template.Library()


@register.inclusion_tag("onboarding/_waiting.html", takes_context=True)
def wait_of(context: dict[str, Any], record: StepRecord) -> dict[str, object]:
    request = context["request"]
    return {"wait": waiting.of(record, company=request.company, looking=request.user), "request": request}


@register.inclusion_tag("onboarding/_live.html", takes_context=True)
def live(context: dict[str, Any], step: Step) -> dict[str, object]:
    """Asks for news; for the page of a step that waits for somebody."""
    return {"step": step, "pulse": pulse(context["request"].company)}


@register.inclusion_tag("onboarding/_cargo_task.html")
def cargo_task(application: Application, *, offered: bool) -> dict[str, object]:
    return {"parcel": parcel.of(application, offered=offered)}
