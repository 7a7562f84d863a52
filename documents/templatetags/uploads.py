"""What the screens say of uploads, from the settings that the examination goes by."""

from django import template
from django.conf import settings

from documents.inspection import ACCEPTED

register = template.Library()


@register.simple_tag
def upload_max_bytes(untouched: object = "") -> int:
    """`untouched`: what is handed in is kept as it is, so it may not be larger than what is kept."""
    return int(settings.DOCUMENT_MAX_BYTES if untouched else settings.UPLOAD_MAX_BYTES)


@register.simple_tag
def upload_accept() -> str:
    return ACCEPTED


@register.simple_tag
def upload_hint(kinds: str = "", untouched: object = "", unpaged: object = "") -> str:
    """What may be chosen, in words; `unpaged` for what has no pages."""
    megabytes = f"{upload_max_bytes(untouched) / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",")
    pages = "" if unpaged else f" ve {settings.UPLOAD_MAX_PAGES} sayfa"
    return f"{kinds or 'PDF, JPEG, PNG veya HEIC'}; en çok {megabytes} MB{pages}"
