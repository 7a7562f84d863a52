"""Pages with the second wall and without it: what PostgreSQL's row-level security costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.measure import Row
from tests.scenarios.factories import open_application
from tests.scenarios.ladder import Ladder
from wall.statements import BeforeEachStatement

PAGES = 60
COMPANIES = 40


@cache
def _browser() -> Client:
    """A company that has its codes, among others that have only begun, in a browser of its owner."""
    from documents import samples

    samples.load()
    for _number in range(COMPANIES):
        open_application()
    ladder = Ladder(open_application()).manual()
    ladder.codes_wanted()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    browser = Client()
    browser.force_login(ladder.company.memberships.get().user)
    return browser


def _board() -> int:
    """One board; how many statements it took."""
    with CaptureQueriesContext(connection) as asked:
        _look()
    return len(asked)


def _look() -> None:
    page = _browser().get(reverse("onboarding:board"))
    if page.status_code != 200:
        raise RuntimeError(f"The board answered {page.status_code}; what was measured says nothing.")


@contextmanager
def _unwalled() -> Iterator[None]:
    """As the superuser that measures, who is told nothing before a statement and whom no policy holds."""
    before = list(connection.execute_wrappers)
    connection.execute_wrappers[:] = [each for each in before if not isinstance(each, BeforeEachStatement)]
    try:
        yield
    finally:
        connection.execute_wrappers[:] = before


def walled() -> None:
    for _number in range(PAGES):
        _look()


def unwalled() -> None:
    with _unwalled():
        walled()


def statements() -> str:
    """How many round trips a board makes without and with the wall."""
    with _unwalled():
        without = _board()
    return f"statements of a board: {without} without, {_board()} with the wall"


ROWS = (Row(f"{PAGES} boards, without and with row-level security", unwalled, walled, 1.05, note=statements),)
