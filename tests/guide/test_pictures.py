"""What `make pictures` takes is what the guide shows; the command needs minutes and a browser, so people do it."""

import io

import pytest
from django.urls import resolve
from PIL import Image

from guide.pages import PICTURES, guide
from launch.guide_pictures import CHOSEN, DONE, FORMS, NAMES, REACHED, SIGNING, Shot
from launch.pictures import light

SHOTS = {
    **FORMS,
    **CHOSEN,
    **DONE,
    **SIGNING,
    **{name: shot for shots in REACHED.values() for name, shot in shots.items()},
}


def test_each_picture_of_the_guide_is_taken_and_no_other() -> None:
    shown = {file for page in guide().pages for file, _seen in page.pictures}
    assert shown == {f"{PICTURES}/{name}.webp" for name in NAMES}


@pytest.mark.parametrize("shot", SHOTS.values(), ids=SHOTS)
def test_each_is_of_a_page_that_there_is(shot: Shot) -> None:
    assert resolve(shot.page).view_name


def test_a_picture_is_light_and_has_two_dots_for_one_of_a_screen() -> None:
    out = io.BytesIO()
    Image.effect_noise((781, 1283), 60).save(out, "PNG")
    made = light(out.getvalue())
    with Image.open(io.BytesIO(made)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (780, 1282))
    assert len(made) < out.tell() / 2
