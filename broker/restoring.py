"""Celery's queue in Redis: kombu's own, whose worker outlives a broker that goes while a task is in its hands.

kombu closes such a channel twice. The second time it puts back what was in hand, over a connection that has lost
its address by then, and the worker ends with an AttributeError.
"""

from typing import Any

from kombu.transport import TRANSPORT_ALIASES, redis


class QoS(redis.QoS):
    def restore_unacked(self, client: Any = None) -> None:
        """Without a broker nothing can be put back: what is in hand is done here all the same, and Redis gives it
        out anew where this worker ends before."""
        if self.channel.connection.client is not None:
            super().restore_unacked(client)
        elif self._delivered:
            self._delivered.clear()


class Channel(redis.Channel):
    QoS = QoS


class Transport(redis.Transport):
    Channel = Channel


def use() -> None:
    """From now on `redis://` and `rediss://` are this one."""
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{__name__}:{Transport.__name__}"
