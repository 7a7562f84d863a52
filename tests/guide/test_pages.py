"""The pages of docs/rehber: nothing leads nowhere, and what they say of a screen stands on a screen."""

import re
from collections import Counter

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client
from PIL import Image

from guide.pages import FOLDER, PICTURES, START, address, guide
from guide.reading import Page, parted, read
from tests.guide.words_on_screens import ROOT, pieces, plain

PAGES = sorted(path.stem for path in FOLDER.glob("*.md"))
QUOTED = re.compile(r"“([^”]+)”")
LONGEST = 900  # words that somebody reads who wanted to do something else


def page(key: str) -> Page:
    found = guide().page(key)
    assert found is not None
    return found


def test_the_start_page_names_every_page() -> None:
    assert sorted(each.key for each in guide().pages) == PAGES
    assert guide().pages[0].key == START


@pytest.mark.django_db
@pytest.mark.parametrize("key", PAGES)
def test_every_page_is_shown_to_anybody(key: str) -> None:
    shown = Client().get(address(page(key))).content.decode()
    assert f"<h1>{page(key).title}</h1>" in shown
    for chapter in page(key).chapters:
        assert f'<a href="#{chapter.anchor}">' in shown
        assert shown.count(f'id="{chapter.anchor}"') == 1


@pytest.mark.parametrize("key", PAGES)
def test_every_link_leads_to_a_page_and_a_heading(key: str) -> None:
    anchors = Counter(each.anchor for each in page(key).sections)
    assert [anchor for anchor, times in anchors.items() if times > 1] == []
    for link in page(key).links:
        if not link.startswith(("https://", "mailto:")):
            named, anchor = parted(link)
            guide().place(f"{named or key}.md" + (f"#{anchor}" if anchor else ""))


@pytest.mark.parametrize("key", PAGES)
def test_what_a_page_quotes_stands_on_a_screen(key: str) -> None:
    """Whoever renames a button finds out here which sentence has to change."""
    quoted = {plain(each) for each in QUOTED.findall((FOLDER / f"{key}.md").read_text())}
    assert quoted - pieces() == set()


def test_words_that_are_on_no_screen_are_noticed() -> None:
    assert "Onaylıyorum, gönderin" in pieces()
    assert "Onaylıyorum, göndermeyin" not in pieces()
    assert len(pieces()) > 2000
    assert sum(len(QUOTED.findall((FOLDER / f"{key}.md").read_text())) for key in PAGES) > 80


@pytest.mark.parametrize("key", PAGES)
def test_nobody_has_to_read_long(key: str) -> None:
    assert len((FOLDER / f"{key}.md").read_text().split()) <= LONGEST


@pytest.mark.parametrize("key", PAGES)
def test_every_picture_is_there_and_says_what_is_seen(key: str) -> None:
    for file, seen in page(key).pictures:
        assert len(seen) > 10, file
        with Image.open(FOLDER / file) as opened:
            assert (opened.format, opened.width % 2) == ("WEBP", 0), "two dots for one of a screen"
        assert find(f"rehber/{file.removeprefix(f'{PICTURES}/')}") == str(FOLDER / file)
        assert f'alt="{seen}"' in page(key).html
        assert 'width="' in page(key).html


def test_no_picture_lies_there_unused_and_all_of_them_are_light() -> None:
    there = {path.relative_to(FOLDER).as_posix(): path.stat().st_size for path in (FOLDER / PICTURES).iterdir()}
    assert there.keys() == {file for each in guide().pages for file, _seen in each.pictures}
    assert [file for file, size in there.items() if size > 60_000] == []
    assert sum(there.values()) < 1_500_000


def test_the_pages_are_in_the_image_that_is_built() -> None:
    """The rest of docs stays out of it; a later line of .dockerignore wins."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert lines.index("docs/*") < lines.index("!docs/rehber")
    assert "docs" not in lines


def test_markup_in_a_page_is_shown_as_text() -> None:
    written = "# Başlık\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n"
    html = read("deneme", written, lambda key: key, lambda file: {}).html
    assert "<script" not in html
    assert "href" not in html


def test_a_link_that_is_none_stops_the_page() -> None:
    for written in ("# T\n\n[x](belgeler.html)", "# T\n\n[x](../SECURITY.md)", "Başlıksız"):
        with pytest.raises(ValueError, match="guide"):
            read("deneme", written, lambda key: key, lambda file: {})
