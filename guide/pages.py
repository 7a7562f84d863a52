"""The pages of docs/rehber, read once by each process.

They are shown in the order in which the start page first names them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from PIL import Image

from guide.reading import Page, Section, parted, read
from guide.searching import Index

FOLDER = Path(settings.BASE_DIR) / "docs" / "rehber"
PICTURES = "resim"
START = "README"


@dataclass(frozen=True)
class Guide:
    pages: Sequence[Page]

    @cached_property
    def index(self) -> Index:
        return Index(self.pages)

    def page(self, key: str) -> Page | None:
        return next((each for each in self.pages if each.key == key), None)

    def beside(self, page: Page) -> tuple[Page | None, Page | None]:
        """The page before and the one after."""
        at = self.pages.index(page)
        return self.pages[at - 1] if at else None, self.pages[at + 1] if at + 1 < len(self.pages) else None

    def place(self, target: str) -> tuple[Page, Section]:
        """Of a link such as `belgeler.md#telefonla-cekin`. Raises LookupError when there is none."""
        key, anchor = parted(target)
        page = self.page(key or START)
        section = page.section(anchor) if page else None
        if page is None or section is None:
            raise LookupError(target)
        return page, section


@cache
def guide() -> Guide:
    start = _read(START)
    keys = dict.fromkeys(key for link in start.links if "://" not in link if (key := parted(link)[0]))
    return Guide((start, *map(_read, keys)))


def address(page: Page, section: Section | None = None) -> str:
    """Of the page, or of a place below its title."""
    anchor = f"#{section.anchor}" if section and section.level > 1 else ""
    return _address(page.key) + anchor


def _address(key: str) -> str:
    return reverse("guide:start") if key == START else reverse("guide:page", args=[key])


def _read(key: str) -> Page:
    return read(key, (FOLDER / f"{key}.md").read_text(), _address, _picture)


def _picture(named: str) -> dict[str, str]:
    """Its size too, so that nothing moves when it comes."""
    with Image.open(FOLDER / named) as opened:
        width, height = opened.size
    # Pictures hold two dots for each of a screen.
    shown = {"width": str(width // 2), "height": str(height // 2), "loading": "lazy"}
    return {"src": static(f"rehber/{named.removeprefix(f'{PICTURES}/')}"), **shown}
