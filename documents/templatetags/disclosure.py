from typing import Any

from django import forms, template
from django.template.context import RequestContext

from documents.disclosure import FIELD, Discloses, in_force
from documents.models import DisclosureShown

register = template.Library()


@register.inclusion_tag("_partials/disclosure.html", takes_context=True)
def disclosure(context: RequestContext, form: forms.BaseForm) -> dict[str, Any]:
    """The disclosure text of a form that collects data, folded; nothing for other forms, and while none is
    published."""
    if not isinstance(form, Discloses):
        return {}
    found = in_force(context.get("partner") or None)
    if found is None:
        return {}
    return {
        "disclosure": found,
        "name": FIELD,
        "value": found.stands_at(form.place),
        "is_new": form.is_outdated,
        "is_known": context["request"].user.is_authenticated
        and DisclosureShown.objects.filter(user=context["request"].user, text=found.text).exists(),
    }


@register.simple_tag
def disclosure_is_published() -> bool:
    return in_force(None) is not None
