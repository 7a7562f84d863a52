"""Windows of requests are as long as they are said to be, in every cache that an installation may have."""

import time
from pathlib import Path

import pytest
from django.test import override_settings

from verification.throttle import allowed

FILES = "django.core.cache.backends.filebased.FileBasedCache"


def ask() -> bool:
    return allowed("kapi", limit=2, seconds=1000)


@pytest.mark.parametrize("backend", [FILES, "django.core.cache.backends.locmem.LocMemCache"])
def test_a_window_is_open_from_its_first_request_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    started = time.time()
    with override_settings(CACHES={"default": {"BACKEND": backend, "LOCATION": str(tmp_path)}}):
        assert [ask(), ask(), ask()] == [True, True, False]
        monkeypatch.setattr(time, "time", lambda: started + 900)
        assert not ask()
        monkeypatch.setattr(time, "time", lambda: started + 1100)
        assert [ask(), ask(), ask()] == [True, True, False]
