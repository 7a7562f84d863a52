"""That one beat rings at a time, by a lock in Redis; a second one waits, and takes over once the first is gone.

Two would do no harm, since what a bell asks for is taken once, but every bell would be rung twice.
"""

import atexit
import logging
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from redis import Redis
from redis.exceptions import LockError, RedisError

logger = logging.getLogger(__name__)
NAME = "iysportal:beat"
HELD = 30.0  # seconds after which the lock of a beat that died is another's
ASKED = 1.0  # seconds between two tries of one that waits


def end_process() -> None:
    """The supervisor starts it anew, and then it waits."""
    os.kill(os.getpid(), signal.SIGTERM)


class Turn:
    """`lost` is called once when another may ring, from a thread of its own."""

    def __init__(self, url: str, *, held: float = HELD, lost: Callable[[], None] = end_process) -> None:
        self._held, self._lost = held, lost
        line = Redis.from_url(url, socket_connect_timeout=2.0, socket_timeout=held / 3)
        # Taken by one thread and held by another.
        self._lock = line.lock(NAME, timeout=held, thread_local=False)
        self._over = threading.Event()

    def take(self) -> None:
        """Waits for it however long, also for a broker that is away: without it no bell could be rung."""
        waits = False
        while not self._taken():
            if not waits:
                logger.info("Another beat rings, or the broker is away; this one waits.")
            waits = True
            self._over.wait(ASKED)
        atexit.register(self.give_back)
        threading.Thread(target=self._hold, name="turn of beat", daemon=True).start()

    def give_back(self) -> None:
        self._over.set()
        with suppress(RedisError):
            self._lock.release()

    def _taken(self) -> bool:
        try:
            return bool(self._lock.acquire(blocking=False))
        except RedisError:
            return False

    def _hold(self) -> None:
        last = monotonic()
        while not self._over.wait(self._held / 3):
            try:
                self._lock.reacquire()
            except LockError:
                # Redis has forgotten it: it is ours again, unless somebody was faster.
                if not self._taken():
                    break
            except RedisError:
                if monotonic() - last > self._held:
                    break
                continue
            last = monotonic()
        if not self._over.is_set():
            logger.error("Another beat may ring by now; this one ends.")
            self._lost()
