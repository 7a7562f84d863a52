"""Lists go by day: every test of them is in its hours."""

import pytest


@pytest.fixture(autouse=True)
def by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("limits.hours.is_open", lambda now: True)
