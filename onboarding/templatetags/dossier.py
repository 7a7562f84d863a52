"""Links to the fields of the dossier, each on its page."""

from django import template
from django.urls import reverse

from onboarding.dossier.pages import OF_FIELD
from tenancy.tax_offices import suggested

register = template.Library()


@register.simple_tag
def field_url(name: str, query: str = "") -> str:
    return f"{reverse('onboarding:dossier_page', args=[OF_FIELD[name].key])}{query}#id_{name}"


@register.simple_tag
def tax_offices(province: str) -> list[str]:
    return suggested(province)
