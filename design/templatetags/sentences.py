"""What people typed, as part of the portal's own sentences."""

from django import template

register = template.Library()


@register.filter
def ended(text: str) -> str:
    """With the full stop that it may have brought along itself."""
    said = str(text).rstrip()
    return said if not said or said.endswith((".", "!", "?", "…")) else f"{said}."
