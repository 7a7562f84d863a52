"""Pages beside the least page there is, and what PostgreSQL's row-level security costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial

from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from bench import bare, statements
from bench.measure import Figure, Row
from documents import samples
from onboarding.overview.pulse import pulse
from tenancy.models import User
from tests.design.test_weight import MOST, weight
from tests.scenarios.browser import signed_in
from tests.scenarios.factories import open_application
from tests.scenarios.ladder import Ladder
from wall.statements import BeforeEachStatement

PAGES = 60
COMPANIES = 40


@cache
def owner() -> User:
    """Of a company that waits for its codes, among others that have only begun."""
    samples.load()
    for _number in range(COMPANIES):
        open_application()
    ladder = Ladder(open_application()).manual()
    ladder.codes_wanted()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ladder.company.memberships.get().user


@cache
def browser() -> Client:
    return signed_in(owner())


@contextmanager
def bare_pages(user: User) -> Iterator[Client]:
    """The least pages in the place of ours, before a browser of this person."""
    with (
        unwalled(),
        override_settings(
            ROOT_URLCONF=bare.__name__,
            MIDDLEWARE=bare.MIDDLEWARE,
            SESSION_ENGINE="django.contrib.sessions.backends.db",
            AUTHENTICATION_BACKENDS=["django.contrib.auth.backends.ModelBackend"],
        ),
    ):
        yield _bare_browser(user)


@cache
def _bare_browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def look(client: Client, path: str) -> None:
    page = client.get(path)
    if page.status_code not in (200, 204):
        raise RuntimeError(f"{path} answered {page.status_code}; what was measured says nothing.")


def _path(name: str, args: tuple[str, ...], *, known: bool | None) -> str:
    """`known`: the open page asks for news, with the pulse of what it shows or with one of before."""
    path = reverse(f"onboarding:{name}", args=args or None)
    if known is None:
        return path
    return f"{path}?pulse={pulse(owner().memberships.get().company) if known else 'before'}"


def looks(name: str, *args: str, known: bool | None = None) -> None:
    path = _path(name, args, known=known)
    for _number in range(PAGES):
        look(browser(), path)


def least_page(count: int = PAGES) -> None:
    user = owner()  # whose letters link to pages that are not there meanwhile
    with bare_pages(user) as client:
        for _number in range(count):
            look(client, "/")


@contextmanager
def unwalled() -> Iterator[None]:
    """As the superuser that measures, who is told nothing before a statement and whom no policy holds."""
    before = list(connection.execute_wrappers)
    connection.execute_wrappers[:] = [each for each in before if not isinstance(each, BeforeEachStatement)]
    try:
        yield
    finally:
        connection.execute_wrappers[:] = before


def unwalled_board() -> None:
    with unwalled():
        looks("board")


def _page(
    title: str, goals: tuple[float, int], name: str, *args: str, known: bool | None = None
) -> list[Row | Figure]:
    """Its time, and how many statements it asks, each with its goal."""

    def one() -> None:
        path = _path(name, args, known=known)
        look(browser(), path)

    def asked() -> int:
        path = _path(name, args, known=known)
        return len(statements.of(lambda: look(browser(), path)))

    return [
        Row(
            f"{PAGES} × {title}, beside the least page",
            least_page,
            partial(looks, name, *args, known=known),
            goals[0],
        ),
        Figure(f"statements of {title}", asked, goals[1], "", where=partial(statements.by_table, one)),
    ]


def _weight() -> float:
    return weight(browser(), reverse("onboarding:board")) / 1000


ROWS = (
    *_page("a board", (2.0, 7), "board"),
    *_page("a page of step 1", (2.0, 7), "pre_application"),
    *_page("a page of step 3", (2.0, 7), "code_receipt"),
    *_page("news of a board, nothing changed", (1.0, 3), "board_live", known=True),
    *_page("news of a board, something changed", (1.0, 3), "board_live", known=False),
    Row(
        f"{PAGES} boards, beside the same without row-level security",
        unwalled_board,
        partial(looks, "board"),
        1.05,
    ),
    Figure("the first look at a board, with all that it fetches", _weight, MOST / 1000, "kB"),
)
