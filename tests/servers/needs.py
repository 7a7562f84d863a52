"""What a test needs, read from what it asks for: the marks by which `make unit` chooses (`servers`, `screens`,
`programs`).

A server is asked for by the fixture of its name, or by a parameter that is its name. `make test` has them all;
where one is missing, the fixture fails and names it.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from types import ModuleType

import pytest
from django.test import Client, RequestFactory

from launch.pictures import browser
from tests.servers.committing import commits
from tests.servers.redis import WORKER
from tests.servers.swift import own_bucket

# The sandbox is a process with three ports, which its tests start.
SERVERS = {"postgresql", "redis", "dovecot", "swift", "chromium", "sandbox"}
WHAT = {"servers": "need a server", "screens": "walk through screens", "programs": "start programs"}
left_out: Counter[str] = Counter()


def up(server: str, setting: str) -> None:
    assert os.environ.get(setting), f"{server} is not up: `make test` starts it, `make unit` goes without."


@pytest.fixture(scope="session")
def postgresql() -> None:
    up("PostgreSQL", "DATABASE_URL")


@pytest.fixture(scope="session")
def redis() -> None:
    up("Redis", "BROKER_URL")


@pytest.fixture(scope="session")
def dovecot() -> None:
    up("Dovecot", "MAILBOX_URLS")


@pytest.fixture(scope="session")
def swift() -> Iterator[None]:
    """A bucket of this worker's own: tests beside it list and empty theirs."""
    up("Swift", "S3_BUCKET")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("S3_BUCKET", own_bucket(f"isci-{WORKER}"))
        yield


@pytest.fixture(scope="session")
def chromium() -> None:
    assert browser() is not None, "Chromium is missing: install Debian's package chromium."


def needs_servers(item: pytest.Item) -> bool:
    given = getattr(item, "callspec", None)
    chosen = [each for each in given.params.values() if isinstance(each, str)] if given else []
    return bool(SERVERS & {*getattr(item, "fixturenames", ()), *chosen}) or commits(item)


def walks_through_screens(module: ModuleType) -> bool:
    """Whether it, or a module of the tests that it takes something from, asks the portal for pages."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        each = waiting.pop()
        if each.__name__ in seen:
            continue
        seen.add(each.__name__)
        if any(value is Client or value is RequestFactory for value in vars(each).values()):
            return True
        waiting += [home for home in _homes(vars(each).values()) if home.__name__.startswith("tests.")]
    return False


def _homes(values: Iterable[object]) -> Iterable[ModuleType]:
    for value in values:
        name = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
        if isinstance(name, str) and name in sys.modules:
            yield sys.modules[name]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    screens: dict[ModuleType, bool] = {}
    for item in items:
        if needs_servers(item):
            item.add_marker("servers")
        module = getattr(item, "module", None)
        if module is None:
            continue
        if module not in screens:
            screens[module] = walks_through_screens(module)
        if screens[module]:
            item.add_marker("screens")
        if subprocess in vars(module).values():
            item.add_marker("programs")


def pytest_deselected(items: list[pytest.Item]) -> None:
    for item in items:
        left_out.update([name for name in WHAT if item.get_closest_marker(name)][:1])


def pytest_sessionfinish(session: pytest.Session) -> None:
    # One of several workers: it has chosen, the process that started it tells.
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    left_out.clear()
    left_out.update(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if left_out:
        said = ", ".join(f"{left_out[name]} that {what}" for name, what in WHAT.items() if left_out[name])
        terminalreporter.write_line(f"Left out: {said}; `make test` runs them.")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} skipped itself, which nothing may where CI=true."
    return report
