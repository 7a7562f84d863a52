"""How many web processes 10 000 open boards need that ask for news: gunicorn as in production, a bounded load.

Who asks takes a part of the same processors, so that a machine of its own does more.
"""

import http.client
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from itertools import cycle, islice
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from bench import databases
from bench.measure import Figure
from bench.workers import PATIENCE, started, used
from launch.ports import free_port
from onboarding.overview.pulse import pulse
from tenancy.models import Membership
from tests.scenarios.browser import with_session

BOARDS, EVERY = 10_000, 15  # seconds, as templates/_partials/board.html has it
COMPANIES = 1_000  # of them, whose sessions ask in turns
AT_ONCE = 8  # what is asked beyond that would only wait for its turn
ASKED = 2_000


@dataclass(frozen=True)
class Load:
    """What was answered a second, how long that took (ms), and the processor of Python that it took (ms)."""

    rate: float
    median: float
    slow: float  # one in twenty takes longer
    processor: float


class Web:
    """gunicorn with so many processes, as the image starts it, before a database of 10 000 companies."""

    def __init__(self, processes: int) -> None:
        self._port = free_port()
        here = ["--bind", f"127.0.0.1:{self._port}", "--workers", str(processes), "--no-control-socket"]
        database = databases.url(databases.of(BOARDS))
        self._master = started("gunicorn", "iysportal.wsgi", *here, DATABASE_URL=database)
        self._until_it_answers()

    def _until_it_answers(self) -> None:
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            try:
                self._ask(_news()[0])
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("gunicorn did not start; what was measured says nothing.")

    def _ask(self, news: tuple[str, str]) -> float:
        """The seconds of one open page's question. Without a kept line, as a process of one request at a time."""
        path, cookie = news
        began = time.perf_counter()
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        line.request("GET", path, headers={"Cookie": cookie, "Host": "localhost", "HX-Request": "true"})
        status = line.getresponse().status
        line.close()
        if status != 204:
            raise RuntimeError(f"{path} answered {status}; what was measured says nothing.")
        return time.perf_counter() - began

    def under_load(self) -> Load:
        questions = list(islice(cycle(_news()), ASKED))
        with ThreadPoolExecutor(AT_ONCE) as people:
            before, began = used(self._master), time.perf_counter()
            took = list(people.map(self._ask, questions))
            wall, processor = time.perf_counter() - began, used(self._master) - before
        slow = statistics.quantiles(took, n=20)[-1]
        return Load(ASKED / wall, 1000 * statistics.median(took), 1000 * slow, 1000 * processor / ASKED)


@cache
def _news() -> list[tuple[str, str]]:
    """Path and cookie with which each company's board asks; nothing has changed since it was opened."""
    with databases.inside(databases.of(BOARDS)):
        owners = Membership.objects.select_related("user", "company").order_by("pk")[:COMPANIES]
        return [(_path(each), _cookie(each)) for each in owners]


def _path(owner: Membership) -> str:
    return f"{reverse('onboarding:board_live')}?{urlencode({'pulse': pulse(owner.company)})}"


def _cookie(owner: Membership) -> str:
    session = with_session(owner.user).cookies[settings.SESSION_COOKIE_NAME]
    return f"{session.key}={session.value}"


_web = cache(Web)


def needed(processes: int) -> float:
    """Web processes, by what so many of them answer."""
    return BOARDS / EVERY / _web(processes).under_load().rate * processes


def _where(processes: int) -> Iterator[str]:
    load = _web(processes).under_load()
    yield (
        f"    {load.rate:.0f} a second by {processes}, {AT_ONCE} at once: half within {load.median:.0f} ms,"
        f" nineteen of twenty within {load.slow:.0f} ms; Python's processor {load.processor:.1f} ms each"
    )


ROWS = tuple(
    Figure(
        f"web processes for {BOARDS} open boards that ask each {EVERY} s, by {processes} under load",
        partial(needed, processes),
        4.0,
        "",
        where=partial(_where, processes),
    )
    for processes in (1, 2)
)
