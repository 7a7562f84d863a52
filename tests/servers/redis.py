"""Redis, as Debian packages it."""

from collections.abc import Sequence

import redis

from tests.servers.process import Server, find_program


class Redis(Server):
    """An instance that keeps everything in memory."""

    name = "redis"
    not_yet = (redis.ConnectionError,)

    def url(self, database: int) -> str:
        return f"redis://127.0.0.1:{self.port}/{database}"

    def prepare(self) -> Sequence[str]:
        server = find_program("redis-server", package="redis-server")
        listening = ["--bind", "127.0.0.1", "--port", str(self.port)]
        # A journey has two databases of its own, on each of the suite's workers and on whoever replaces one.
        several = ["--databases", "64"]
        return [server, *listening, *several, "--save", "", "--appendonly", "no", "--dir", str(self.folder)]

    def ask(self) -> None:
        with redis.Redis(port=self.port) as client:
            client.ping()
