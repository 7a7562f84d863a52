"""Support's pages that say first what will be done: each on a telephone and on a desk."""

from playwright.sync_api import Locator

from tests.journeys.stage import Watched


def looks(person: Watched) -> None:
    person.accessible()
    person.page.set_viewport_size({"width": 1280, "height": 900})
    person.accessible()
    person.page.set_viewport_size({"width": 390, "height": 900})


def press(person: Watched, control: Locator) -> None:
    with person.page.expect_navigation():
        control.click()
    looks(person)
