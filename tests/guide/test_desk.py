"""Support's own guide: shown to support alone, with pictures that are there and say what is seen."""

from typing import Any

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client
from django.urls import reverse
from PIL import Image

from guide.desk import DOCS, PICTURES, desk_page
from launch.support_pictures import LIGHT, SCREENS
from tests.guide.words_on_screens import ROOT
from tests.scenarios.browser import signed_in
from tests.scenarios.factories import PartnerFactory, UserFactory
from tests.scenarios.support import colleague

PAGE = reverse("support_guide")


@pytest.mark.django_db
def test_it_is_shown_to_everybody_in_support_and_each_page_leads_to_it() -> None:
    client = signed_in(colleague(partner=PartnerFactory.create()))
    shown = client.get(PAGE).content.decode()
    for chapter in desk_page().chapters:
        assert f'<a href="#{chapter.anchor}">' in shown
        assert shown.count(f'id="{chapter.anchor}"') == 1
    assert f'<a href="{PAGE}">Rehber</a>' in client.get(reverse("admin:index")).content.decode()


@pytest.mark.django_db
def test_it_is_read_as_staff_whose_banners_stand_on_it_too() -> None:
    """Behind the wall whoever stands as a visitor may not ask what the banners tell: the page would not come."""
    reader = colleague(partner=PartnerFactory.create())
    request: Any = signed_in(reader).get(PAGE).wsgi_request
    assert request.standing.staff == reader


@pytest.mark.django_db
def test_nobody_else_reads_it() -> None:
    assert Client().get(PAGE).status_code == 302
    assert signed_in(UserFactory.create()).get(PAGE).status_code in (302, 403)


def test_each_picture_is_there_says_what_is_seen_and_is_shown_once() -> None:
    pictures = desk_page().pictures
    assert sorted(file for file, _seen in pictures) == sorted(f"{PICTURES}/{name}.webp" for name in SCREENS)
    assert {path.relative_to(DOCS).as_posix() for path in (DOCS / PICTURES).iterdir()} == {
        file for file, _seen in pictures
    }
    for file, seen in pictures:
        assert len(seen) > 30, file
        assert find(file) == str(DOCS / file)
        assert f'alt="{seen}"' in desk_page().html
        with Image.open(DOCS / file) as opened:
            assert opened.format == "WEBP"
            assert opened.width <= 1280
        assert (DOCS / file).stat().st_size <= LIGHT


def test_page_and_pictures_are_in_the_image_that_is_built() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert lines.index("docs/*") < min(lines.index("!docs/destek.md"), lines.index("!docs/destek"))
