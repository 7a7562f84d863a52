"""What a form's summary of errors says of a field."""

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def in_summary(field: BoundField) -> str:
    """The field's errors with its name before them, where they do not begin with it by themselves."""
    label, said = str(field.label), " ".join(map(str, field.errors))
    # What stands in brackets is said of the name and is none of it.
    name = label.partition(" (")[0]
    # One of several words is known also with an ending: "Vergi kimlik numarasında …".
    name = name if " " in name else f"{name} "
    if label.endswith(".") or said.startswith(name):
        return said
    return f"{label} {said}" if label.endswith("?") else f"{label}: {said}"
