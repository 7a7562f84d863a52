"""A browser in which somebody is signed in already, before a portal that the test itself serves."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from django.db import connections
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tenancy.models import User
from tests.journeys.stage import Watched, chromium
from tests.scenarios.browser import signed_in

T = TypeVar("T")
# What a page does about a scroll, or about what grows, it does with its next picture, however late that comes.
PICTURES = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


def session_of(user: User) -> str:
    return signed_in(user).cookies["sessionid"].value


@contextmanager
def seat(site: LiveServer, session: str, width: int = 1280) -> Iterator[Watched]:
    with chromium() as launched:
        person = Watched(launched, site.url, width=width)
        person.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        yield person


def unfold(person: Watched) -> None:
    """On a telephone all but the decision and the next case is folded, once the page's script is there."""
    expect(person.page.locator("html.desk-stays")).to_have_count(1)
    more = person.page.get_by_role("button", name="Diğer…")
    if more.is_visible():
        more.click()


def at_rest(page: Page) -> None:
    """Once all stands where it will stand."""
    page.wait_for_timeout(200)
    page.evaluate(PICTURES)


def apart(act: Callable[[], T]) -> T:
    """The browser's own loop runs in this thread, where Django refuses to reach the database."""

    def run() -> T:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(run).result()
