"""Two beats beside each other: one rings, the other takes over."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from redis import Redis

from broker.one_beat import NAME, Turn
from iysportal.celery import app
from tests.servers.redis import Own, emptied

ROOT = Path(__file__).parents[2]
HELD = 4.0  # seconds; whoever renews it may be late by most of that on a busy machine
QUEUES = [queue.name for queue in app.conf.task_queues]


@pytest.fixture
def url(redis: None) -> str:
    return emptied(Own.BEAT)


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def waiting(turn: Turn) -> threading.Thread:
    found = threading.Thread(target=turn.take, daemon=True)
    found.start()
    return found


def test_the_second_waits_until_the_first_gives_back(url: str) -> None:
    # Unnamed, what follows a loss ends this very process.
    lost = threading.Event()
    first, second = Turn(url, held=HELD, lost=lost.set), Turn(url, held=HELD, lost=lost.set)
    first.take()
    waits = waiting(second)
    time.sleep(3 * HELD)
    assert waits.is_alive(), "the first one holds it longer than the lock lasts by itself"
    first.give_back()
    waits.join(30)
    assert not waits.is_alive()
    second.give_back()
    assert not lost.is_set()


def test_whoever_lost_it_ends(url: str) -> None:
    lost = threading.Event()
    turn = Turn(url, held=HELD, lost=lost.set)
    turn.take()
    Redis.from_url(url).set(NAME, "another's")
    assert lost.wait(30)


def test_what_redis_forgot_is_taken_again(url: str) -> None:
    lost = threading.Event()
    turn = Turn(url, held=HELD, lost=lost.set)
    turn.take()
    line = Redis.from_url(url)
    line.delete(NAME)
    until(lambda: line.exists(NAME))
    assert not lost.is_set()
    turn.give_back()


def test_beat_itself_waits_for_its_turn(url: str, tmp_path: Path) -> None:
    line = Redis.from_url(url)
    line.set(NAME, "another's")
    command = ["celery", "-A", "iysportal", "beat", "--schedule", str(tmp_path / "beat"), "--loglevel", "INFO"]
    said = tmp_path / "said"
    with said.open("w") as out:
        beat = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "--", sys.executable, "-m", *command, "--pidfile="],
            cwd=ROOT,
            stdout=out,
            stderr=out,
            env={**os.environ, "BROKER_URL": url},
        )
    try:
        until(lambda: "this one waits" in said.read_text())
        time.sleep(6)  # longer than from one bell to the next
        assert [queue for queue in QUEUES if line.exists(queue)] == []
        line.delete(NAME)
        until(lambda: line.exists(*QUEUES))
    finally:
        beat.terminate()
        assert beat.wait(60) == 0
    assert not line.exists(NAME), "it was given back"
