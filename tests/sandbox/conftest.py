"""One sandbox for each test, with all it writes in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from launch.stack import Ports
from tests.sandbox.process import Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    found = Sandbox(tmp_path, Ports.free())
    found.start()
    yield found
    assert found.stop() == 0
