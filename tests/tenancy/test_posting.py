"""No address that the address bar can come to hold answers a look with an empty page.

What each URL answers stands in the tables (test_wall.py, test_open_urls.py); that none falls out of them, here.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from onboarding.steps import PARTNER_ASSIGNMENT
from tests.scenarios.cast import Cast
from tests.tenancy.test_wall import urls

pytestmark = pytest.mark.django_db
REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("onboarding:claim_assignment", {"ticks": []}),
    ("onboarding:assignment_channels", {"channels": []}),
]
SPACES = ("onboarding:", "team:", "support:", "privacy:")
# What may stand in a path; whether it is there does not matter to what takes posts alone.
WORDS = {"str": "undertaking", "int": 1, "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12}


@pytest.mark.parametrize(("name", "data"), REFUSED)
def test_a_refused_page_may_be_loaded_anew(name: str, data: dict[str, Any]) -> None:
    cast = Cast()
    cast.preparing()
    if name == "onboarding:claim_assignment":
        cast.move(PARTNER_ASSIGNMENT, "use_panel", cast.owner)
    browser, path = cast.browsers["owner"], reverse(name)
    assert browser.post(path, data).status_code == 422
    again = browser.get(path)
    assert again.status_code == 302
    assert again["Location"] == reverse("onboarding:partner_assignment")


def test_no_url_of_a_person_answers_a_look_with_nothing() -> None:
    browser: Client = Cast().browsers["owner"]
    for name, pattern in urls():
        if not name.startswith(SPACES):
            continue
        kinds = {key: type(each).__name__ for key, each in pattern.pattern.converters.items()}
        words = {
            key: WORDS.get(kind.removesuffix("Converter").lower(), WORDS["uuid"]) for key, kind in kinds.items()
        }
        assert browser.get(reverse(name, kwargs=words or None)).status_code != 405, name
