"""A cache that is away or stands still costs a page a second at most, and fails none."""

import os
import time
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.redis import RedisCacheClient
from django.test import override_settings

from iysportal import caching
from launch.ports import free_port

BACKEND = "iysportal.caching.ForgivingRedisCache"


@pytest.fixture(autouse=True)
def asked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching.Client, "_asked_again_at", 0.0)


def at(url: str) -> Iterator[BaseCache]:
    with override_settings(CACHES={"default": {"BACKEND": BACKEND, "LOCATION": url}}):
        yield caches.create_connection("default")


@pytest.fixture
def away() -> Iterator[BaseCache]:
    yield from at(f"redis://127.0.0.1:{free_port()}/1")


@pytest.fixture
def there(redis: None) -> Iterator[BaseCache]:
    yield from at(os.environ["CACHE_URL"])


def test_what_is_there_is_kept(there: BaseCache) -> None:
    there.delete("test:a")
    assert there.get("test:a", "nichts") == "nichts"
    assert (there.add("test:a", [1], 30), there.add("test:a", [2], 30)) == (True, False)
    assert there.get("test:a") == [1]
    there.set("test:a", {"b": 2}, 30)
    assert there.get("test:a") == {"b": 2}
    assert (there.delete("test:a"), there.delete("test:a")) == (True, False)


def test_one_that_is_away_has_nothing_and_refuses_nothing(away: BaseCache) -> None:
    assert away.add("a", 1) is True, "whoever asks for a lock goes on"
    away.set("a", 1)
    assert (away.get("a"), away.get("a", [])) == (None, [])
    assert away.delete("a") is False


def test_one_that_did_not_answer_is_not_asked_again_for_a_while(
    away: BaseCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    away.get("a")
    began = time.monotonic()
    monkeypatch.setattr(RedisCacheClient, "get", lambda *_: pytest.fail("it was asked"))
    assert away.get("a", 5) == 5
    monkeypatch.setattr(caching.Client, "_asked_again_at", began - 1)
    monkeypatch.setattr(RedisCacheClient, "get", lambda *_: "da")
    assert away.get("a", 5) == "da"
