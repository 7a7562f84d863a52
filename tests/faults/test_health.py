"""What /readyz says while servers are frozen or away, of a web server and a worker as they run in production."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.watched import BEARER, Watched, frozen
from tests.faults.world import until
from tests.servers import migrated
from tests.servers.swift import roomy_folder


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
            migrated.onto(world.postgres.url)
            with world.web():
                yield world


def test_a_worker_and_its_beat_are_seen_at_work(world: Watched) -> None:
    assert {"beat", "worker", "mailboxes"} <= world.said().keys()
    with world.worker():
        until(lambda: world.said() == {"state": "ready"}, "beat, worker and mailbox are seen")
        # The worker's own processes have counted what the web server's have not.
        assert world.figures(world.workers_port, {}).status_code == 401
        done = 'iysportal_task_seconds_count{outcome="ok",task="jobs.tasks.pulse"}'
        assert done in world.figures(world.workers_port, BEARER).text
        world.get("/")
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
