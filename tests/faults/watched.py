"""A world with a web server before it, and servers that stand still."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from launch.ports import free_port
from tests.faults.world import World, until
from tests.servers.process import Server

TOKEN = "a-token-of-the-test-0123456789"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


class Watched(World):
    """Asked by its address, as a load balancer does."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.service = "commands"
        self.port, self.workers_port = free_port(), free_port()

    @property
    def environment(self) -> dict[str, str]:
        return {
            **super().environment,
            "HEALTH_TOKEN": TOKEN,
            "PORTAL_URL": "https://portal.example",
            "METRICS_DIR": str(self.folder / "metrics" / self.service),
            "WORKER_METRICS_PORT": str(self.workers_port),
        }

    def process(self, *command: str, **pipes: int) -> subprocess.Popen[str]:
        """Each service with a folder of its own for what it measures, as each has in its container."""
        self.service = command[1]
        return super().process(*command, **pipes)

    @contextmanager
    def web(self) -> Iterator[None]:
        """The web server, as it runs in production."""
        options = ("--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--no-control-socket")
        process = self.process("-m", "gunicorn", "iysportal.wsgi", *options)
        try:
            until(self._answers, "the web server answers")
            yield
        finally:
            process.terminate()
            process.wait(60)

    def _answers(self) -> bool:
        try:
            return self.get("/healthz").status_code == 200
        except httpx.TransportError:
            return False

    def figures(self, port: int, headers: dict[str, str]) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{port}/metrics", headers=headers, timeout=30)

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", headers=headers, timeout=30)

    def said(self) -> dict[str, str]:
        """The state, and each check that is not well."""
        answer = self.get("/readyz", BEARER).json()
        return {
            "state": answer["state"],
            **{name: each["why"] for name, each in answer["checks"].items() if not each["ok"]},
        }


@contextmanager
def frozen(server: Server) -> Iterator[None]:
    server.signal(signal.SIGSTOP)
    try:
        yield
    finally:
        server.signal(signal.SIGCONT)
