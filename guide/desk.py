"""The guide for support: docs/destek.md, one page among support's own."""

from functools import cache

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe
from PIL import Image

from guide.reading import Page, read

DOCS = settings.BASE_DIR / "docs"
PICTURES = "destek"  # the folder beside the page, and of the static files


@cache
def desk_page() -> Page:
    return read("destek", (DOCS / "destek.md").read_text(), _address, _picture)


@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    page = desk_page()
    context = {**admin.site.each_context(request), "title": page.title, "page": page}
    return render(request, "admin/guide.html", context)


def _address(key: str) -> str:
    raise ValueError(f"support's guide is one page: {key}.md")


def _picture(named: str) -> dict[str, str]:
    """Its size too, so that nothing moves when it comes."""
    with Image.open(DOCS / named) as opened:
        width, height = opened.size
    return {"src": static(named), "width": str(width), "height": str(height), "loading": "lazy"}
