"""What the screens say of uploads, from the settings that the examination goes by."""

from django import template
from django.conf import settings

from documents.inspection import ACCEPTED

register = template.Library()


@register.simple_tag
def upload_max_bytes() -> int:
    return int(settings.UPLOAD_MAX_BYTES)


@register.simple_tag
def upload_accept() -> str:
    return ACCEPTED


@register.simple_tag
def upload_hint(kinds: str = "PDF, JPEG, PNG veya HEIC") -> str:
    megabytes = f"{settings.UPLOAD_MAX_BYTES / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",")
    return f"{kinds}; en çok {megabytes} MB ve {settings.UPLOAD_MAX_PAGES} sayfa"
