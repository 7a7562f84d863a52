"""What the page of a step says while somebody else has the turn, and how it keeps itself up to date."""

from typing import Any

from django import template

from onboarding.actions.pre_application import cargo
from onboarding.models import Application, Cargo
from onboarding.overview import waiting
from onboarding.overview.board import pulse
from onboarding.views.offers import Offers

register = template.Library()


@register.inclusion_tag("onboarding/_waiting.html", takes_context=True)
def wait_of(context: dict[str, Any], offers: Offers) -> dict[str, object]:
    request = context["request"]
    found = None if offers.closed else waiting.of(offers.record, company=request.company, looking=request.user)
    return {"wait": found}


@register.inclusion_tag("onboarding/_live.html", takes_context=True)
def live(context: dict[str, Any], offers: Offers) -> dict[str, object]:
    """Asks for news as long as the step waits for somebody."""
    active = not offers.closed and offers.verdict.active
    return {"step": offers.step if active else None, "pulse": pulse(context["request"].company) if active else ""}


@register.inclusion_tag("onboarding/_cargo_task.html")
def cargo_task(application: Application, offers: Offers, *, until_arrived: bool = False) -> dict[str, object]:
    """The paper undertaking is a task of its own once the dossier was handed in, with a mark of its own."""
    parcel = Cargo.objects.filter(application=application).first()
    runs = cargo.is_open(application)
    shown = runs or parcel is not None
    if until_arrived:
        sent = parcel is not None and parcel.arrived_on is None
        shown = runs and (sent or application.application_form.cargo_awaited_since is not None)
    return {"shown": shown, "cargo": parcel, "offered": offers["record_cargo"]}
