"""What /readyz says while servers are frozen or away, of a web server and a worker as they run in production."""

import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.faults.world import World, until
from tests.servers.process import Server, free_port
from tests.servers.swift import roomy_folder

TOKEN = "a-token-of-the-test-0123456789"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


class Watched(World):
    """With a web server, asked by its address as a load balancer does."""

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


def missed(said: dict[str, str], *names: str, state: str = "unready") -> bool:
    return said["state"] == state and set(names) <= said.keys()


def gone(world: Watched, heard: list[dict[str, str]]) -> bool:
    """Whether the database is said to be; all that was said meanwhile is kept."""
    heard.append(world.said())
    return heard[-1].get("database") == "does not answer (OperationalError)"


@pytest.fixture(scope="module")
def world() -> Iterator[Watched]:
    with tempfile.TemporaryDirectory(prefix="portal-health-", dir=roomy_folder()) as name:
        folder = Path(name)
        folder.chmod(0o711)
        world = Watched(folder)
        with world.postgres, world.redis:
            world.migrate()
            web = world.process(
                "-m", "gunicorn", "iysportal.wsgi", "--bind", f"127.0.0.1:{world.port}", "--workers", "2",
                "--no-control-socket",
            )  # fmt: skip
            try:
                until(lambda: _answers(world), "the web server answers")
                yield world
            finally:
                web.terminate()
                web.wait(60)


def _answers(world: Watched) -> bool:
    try:
        return world.get("/healthz").status_code == 200
    except httpx.TransportError:
        return False


def test_a_worker_and_its_beat_are_seen_at_work(world: Watched) -> None:
    assert {"beat", "worker", "mailboxes"} <= world.said().keys()
    with world.worker():
        until(lambda: world.said() == {"state": "ready"}, "beat, worker and mailbox are seen")
        # The worker's own processes have counted what the web server's have not.
        assert world.figures(world.workers_port, {}).status_code == 401
        done = 'iysportal_task_seconds_count{outcome="ok",task="jobs.tasks.pulse"}'
        assert done in world.figures(world.workers_port, BEARER).text
        web = world.figures(world.port, BEARER).text
        assert done not in web
        for name in (
            "letters",
            "pulse_age_seconds",
            "broker_messages",
            "database_connections",
            "request_seconds_count",
        ):
            assert f"iysportal_{name}{{" in web


def test_a_frozen_broker_degrades_and_holds_nobody_up(world: Watched) -> None:
    with frozen(world.redis):
        # Each of the two processes of the web server answers with what it has asked within the last second.
        until(lambda: missed(world.said(), "broker", state="degraded"), "the broker is missed")
        assert world.get("/readyz").status_code == 200
    until(lambda: "broker" not in world.said(), "the broker is well again")


def test_a_frozen_database_takes_the_web_server_out_and_lets_it_in_again(world: Watched) -> None:
    with frozen(world.postgres):
        until(lambda: world.get("/readyz").status_code == 503, "the database is missed")
        assert world.get("/readyz").json() == {"state": "unready"}
        until(lambda: missed(world.said(), "database", "migrations", "letters"), "what needs it is missed too")
        assert world.get("/healthz").status_code == 200
    until(lambda: world.get("/readyz").status_code == 200, "the database is well again")


def test_a_database_that_is_gone_is_told_without_its_address(world: Watched) -> None:
    world.postgres.stop()
    try:
        heard: list[dict[str, str]] = []
        until(lambda: gone(world, heard), "the database is missed")
        assert str(world.postgres.port) not in str(heard)
    finally:
        world.postgres.start_again()
        world.postgres.wait()
    until(lambda: world.get("/readyz").status_code == 200, "the database is there again")
