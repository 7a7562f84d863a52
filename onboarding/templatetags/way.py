"""The progress on a step's way, as each of its pages shows it, and who of the company does what it asks for."""

from typing import Any

from django import template

from onboarding import applications
from onboarding.letters import who_acts
from onboarding.overview import progress as progress_of
from tenancy.roles import Role

register = template.Library()


@register.inclusion_tag("_partials/progress.html", takes_context=True)
def progress(context: dict[str, Any]) -> dict[str, Any]:
    request, offers = context["request"], context.get("offers")
    company = getattr(request, "company", None)
    application = context.get("application") or (offers.application if offers else None)
    if application is None and company:
        application = applications.live_application(company)
    return {"progress": progress_of.progress(application, request.path) if application is not None else None}


@register.simple_tag(takes_context=True)
def who_may(context: dict[str, Any], least: str) -> str:
    """The people of the company who have this role, for whoever has not."""
    return who_acts.names(context["request"].company, Role(least))
