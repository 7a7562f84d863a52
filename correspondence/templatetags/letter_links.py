"""Links in letters to the people of a company. Each names the company: who belongs to several lands in that one
(tenancy/access.py, `refused_as_anothers`)."""

from typing import Any

from django import template
from django.urls import reverse

from tenancy.access import for_company

register = template.Library()


@register.simple_tag(takes_context=True)
def company_link(context: dict[str, Any], name: str, *args: object) -> str:
    """The whole address of the page of this URL name, for the letter's company."""
    return str(context["portal_url"]) + for_company(reverse(name, args=args), context["company"])


@register.simple_tag(takes_context=True)
def step_link(context: dict[str, Any]) -> str:
    """The page of the step that the letter speaks of."""
    return company_link(context, f"onboarding:{context['step'].key}")
