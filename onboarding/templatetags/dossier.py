"""The pages of the dossier: links to what is corrected, suggestions."""

from django import template

from onboarding.dossier.field_links import field_url, remark_url
from tenancy.tax_offices import suggested

register = template.Library()
register.simple_tag(field_url)
register.simple_tag(remark_url)


@register.simple_tag
def tax_offices(province: str) -> list[str]:
    return suggested(province)
