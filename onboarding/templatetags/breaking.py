"""Where a line may break within an address: behind “@” and before a dot, never within a word."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
ADDRESS = re.compile(r"\S+(?:@|://)\S+")
PLACES = re.compile(r"(?<=[@/])(?=[^/])|(?=\.)")


@register.filter
def breaking(words: object) -> SafeString:
    text = str(escape(words))
    return mark_safe(ADDRESS.sub(lambda found: PLACES.sub("<wbr>", found[0]), text))  # noqa: S308 - escaped above
