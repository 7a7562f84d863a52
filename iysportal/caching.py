"""Redis as a cache that may be away: what is not there is worked out anew, and no page fails for it.

django-allauth alone counts in the cache how often its forms are sent; while it is away that is not counted. What
guards accounts and quotas counts in the database (docs/decisions/0018, 0020).
"""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import RedisError

logger = logging.getLogger(__name__)
T = TypeVar("T")
PATIENCE = {"socket_connect_timeout": 1.0, "socket_timeout": 1.0}  # seconds
PAUSE = 5.0  # seconds in which it is not asked again


class Client(RedisCacheClient):
    """What the portal asks of a cache."""

    _asked_again_at = 0.0  # for all threads: each has a client of its own

    def __init__(self, *servers: Any, **options: Any) -> None:
        super().__init__(*servers, **{**PATIENCE, **options})

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        """True where it is away: who takes a lock goes on."""
        return self._asked(lambda: super(Client, self).add(key, value, timeout), away=True)

    def get(self, key: Any, default: Any) -> Any:
        return self._asked(lambda: super(Client, self).get(key, default), away=default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._asked(lambda: super(Client, self).set(key, value, timeout), away=None)

    def delete(self, key: Any) -> bool:
        return self._asked(lambda: super(Client, self).delete(key), away=False)

    def _asked(self, ask: Callable[[], T], *, away: T) -> T:
        if time.monotonic() < self._asked_again_at:
            return away
        try:
            return ask()
        except RedisError as error:
            logger.warning("The cache does not answer: %s", type(error).__name__)
            Client._asked_again_at = time.monotonic() + PAUSE
            return away


class ForgivingRedisCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Client
