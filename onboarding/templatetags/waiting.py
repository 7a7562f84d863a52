"""What the page of a step says while somebody else has the turn, and how it keeps itself up to date."""

from typing import Any

from django import template

from onboarding.actions.pre_application import cargo
from onboarding.machine import Step
from onboarding.models import Application, Cargo, StepRecord
from onboarding.overview import waiting
from onboarding.overview.board import pulse

register = template.Library()


@register.inclusion_tag("onboarding/_waiting.html", takes_context=True)
def wait_of(context: dict[str, Any], record: StepRecord) -> dict[str, object]:
    request = context["request"]
    return {"wait": waiting.of(record, company=request.company, looking=request.user)}


@register.inclusion_tag("onboarding/_live.html", takes_context=True)
def live(context: dict[str, Any], step: Step) -> dict[str, object]:
    """Asks for news; for the page of a step that waits for somebody."""
    return {"step": step, "pulse": pulse(context["request"].company)}


@register.inclusion_tag("onboarding/_cargo_task.html")
def cargo_task(application: Application, *, offered: bool, until_arrived: bool = False) -> dict[str, object]:
    """The paper undertaking is a task of its own once the dossier was handed in, with a mark of its own."""
    parcel = Cargo.objects.filter(application=application).first()
    runs = cargo.is_open(application)
    shown = runs or parcel is not None
    if until_arrived:
        sent = parcel is not None and parcel.arrived_on is None
        shown = runs and (sent or application.application_form.cargo_awaited_since is not None)
    return {"shown": shown, "cargo": parcel, "offered": offered}
