"""Celery's queue in Redis: kombu's own, whose worker outlives a broker that goes while a task is in its hands.

kombu asks a channel whose connection it has closed for the broker's address: to put back what was in hand, or to
acknowledge what is done by then. The worker ends with the AttributeError; a broker that is away it would outlive.
"""

from typing import Any

from kombu.transport import TRANSPORT_ALIASES, redis
from redis.exceptions import ConnectionError as BrokerAway


class Channel(redis.Channel):
    def _connparams(self, **options: Any) -> dict[str, Any]:
        if getattr(self.connection, "client", None) is None:
            raise BrokerAway("This channel's connection is closed.")
        parameters: dict[str, Any] = super()._connparams(**options)  # type: ignore[misc]  # the stubs lack it
        return parameters


class Transport(redis.Transport):
    Channel = Channel


def use() -> None:
    """From now on `redis://` and `rediss://` are this one."""
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{__name__}:{Transport.__name__}"
