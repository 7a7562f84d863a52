"""The one way in which a picture gets into a page: {% icon "check" %}."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from design.icons import PATHS

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Hidden from screen readers: what it means is said in words beside it."""
    drawn = mark_safe(PATHS[name])  # noqa: S308 - our own drawing
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">{}</svg>',
        drawn,
    )
