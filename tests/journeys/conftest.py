from collections.abc import Iterator

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.journeys.stage import end_chromium


@pytest.fixture
def site() -> Iterator[LiveServer]:
    """The portal behind a port of its own; the plugin's fixture would start before a test's settings hold."""
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def among_servers(postgresql: None, redis: None, dovecot: None, chromium: None) -> None:
    """Every journey needs them."""


@pytest.fixture(scope="session", autouse=True)
def _the_browser_ends_with_the_tests() -> Iterator[None]:
    yield
    end_chromium()
