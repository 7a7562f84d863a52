"""Redis, as Debian packages it, and whose each of its databases is."""

import os
from collections.abc import Sequence
from contextlib import closing
from enum import IntEnum

import redis

from tests.servers.process import Server, find_program

# The suite's workers go side by side, and two tests of one file may run at the same time.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
SHARED = 2  # the first ones: a broker and a cache of all


class Own(IntEnum):
    """What a worker has a database of its own for."""

    JOURNEY_BROKER = 0
    JOURNEY_CACHE = 1
    BEAT = 2
    COMMANDS = 3
    CACHE = 4


def own(what: Own) -> str:
    """The address of this worker's own database; it holds what an earlier test of this worker left there."""
    server = os.environ["BROKER_URL"].rsplit("/", 1)[0]
    return f"{server}/{SHARED + len(Own) * WORKER + what}"


def emptied(what: Own) -> str:
    with closing(redis.Redis.from_url(own(what))) as line:
        line.flushdb()
    return own(what)


class Redis(Server):
    """An instance that keeps everything in memory."""

    name = "redis"
    not_yet = (redis.ConnectionError,)

    def url(self, database: int) -> str:
        return f"redis://127.0.0.1:{self.port}/{database}"

    def prepare(self) -> Sequence[str]:
        server = find_program("redis-server", package="redis-server")
        listening = ["--bind", "127.0.0.1", "--port", str(self.port)]
        # Each of the suite's workers has some of its own, also whoever replaces one.
        several = ["--databases", str(SHARED + len(Own) * 20)]
        return [server, *listening, *several, "--save", "", "--appendonly", "no", "--dir", str(self.folder)]

    def ask(self) -> None:
        with redis.Redis(port=self.port) as client:
            client.ping()
