import threading
from collections.abc import Iterator

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.journeys.stage import PATIENCE, end_chromium


@pytest.fixture
def site() -> Iterator[LiveServer]:
    """The portal behind a port of its own; the plugin's fixture would start before a test's settings hold."""
    server = LiveServer("localhost")
    yield server
    server.stop()
    # What a page asked for last may still be answered, and the database is emptied next: each could wait for the
    # other.
    for each in threading.enumerate():
        if each.name.endswith("(process_request_thread)"):
            each.join(PATIENCE)


@pytest.fixture(autouse=True)
def among_servers(postgresql: None, redis: None, dovecot: None, chromium: None) -> None:
    """Every journey needs them."""


@pytest.fixture(scope="session", autouse=True)
def _the_browser_ends_with_the_tests() -> Iterator[None]:
    yield
    end_chromium()
