"""The pages of the dossier: links to what is corrected, suggestions, an answer that was refused."""

from collections.abc import Iterable
from typing import Any

from django import template

from onboarding.actions.pre_application.remarks import REFUSED_ANSWER
from onboarding.dossier.changes import Asked
from onboarding.dossier.field_links import field_url, remark_url
from tenancy.tax_offices import suggested

register = template.Library()
register.simple_tag(field_url)
register.simple_tag(remark_url)


@register.simple_tag
def tax_offices(province: str) -> list[str]:
    return suggested(province)


@register.filter
def wait(remarks: Iterable[Asked]) -> bool:
    """Whether one of them was neither followed nor answered."""
    return not all(each.is_done for each in remarks)


@register.simple_tag(takes_context=True)
def refused_answer(context: dict[str, Any], remark: int) -> dict[str, Any]:
    """Why the answer to this remark was not taken, and what it was; said once. Empty where none was refused."""
    session = context["request"].session
    found: dict[str, Any] = session.get(REFUSED_ANSWER, {})
    if found.get("remark") != remark:
        return {}
    del session[REFUSED_ANSWER]
    return found
