"""Letters while senders are killed and servers go away: none is lost, none goes twice where SMTP lets us know.

A crash between the mail server's taking a letter and our writing it down leaves a letter of which nobody can say
whether it went; it goes again under the same Message-ID and is shown to staff.
"""

import tempfile
from collections.abc import Iterator
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest

from tests.faults.sink import INSIDE_ANSWER, MAIL, MOMENTS, RCPT
from tests.faults.world import World, until
from tests.servers.swift import roomy_folder

LOST = "Connection to broker lost."  # Celery's word
SENDING = "SELECT 1 FROM correspondence_letter WHERE status = 'sending'"
# What waits, or was claimed less than three seconds ago: a sender that lives has written it down by then.
AT_WORK = """
SELECT 1 FROM correspondence_letter WHERE status = 'queued'
OR (status = 'sending' AND lease_until > now() + interval '5 minutes' - interval '3 seconds') LIMIT 1
"""


@pytest.fixture(scope="module")
def servers() -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="portal-faults-", dir=roomy_folder()) as name:
        folder = Path(name)
        folder.chmod(0o711)
        world = World(folder)
        with world.postgres, world.redis:
            world.start()
            try:
                yield world
            finally:
                world.stop()


@pytest.fixture
def world(servers: World) -> World:
    servers.forget()
    return servers


def has_arrived(world: World, count: int) -> bool:
    return len(world.sink.arrived) >= count


def all_but_abandoned(world: World) -> bool:
    """Whether only letters of senders that died are left: the lease of a living one must not be ended."""
    return not world.ask(AT_WORK)


def settled(world: World) -> None:
    """Lets the senders finish: what a dead one left is taken up once its lease is over."""
    until(lambda: all_but_abandoned(world), "everything was tried")
    world.let_time_pass()
    until(lambda: world.not_sent() == 0, "every letter was sent")


def test_senders_killed_at_every_moment_of_500_letters(world: World) -> None:
    world.post(500)
    world.sink.plan = plan = dict(zip(range(3, 480, 12), cycle(MOMENTS)))
    known = sum(moment in (MAIL, RCPT) for moment in plan.values())
    with world.senders(1):
        settled(world)
    assert not world.sink.plan
    assert len(world.sink.arrived) == 500
    assert set(world.sink.arrived) == world.message_ids()
    # Struck inside the answer it must go again; a moment after it nobody can tell. All others go exactly once.
    assert world.sink.struck_inside_answer <= world.twice() <= world.flagged()
    assert max(world.sink.arrived.values()) == 2
    assert len(world.twice()) <= world.sink.strikes - known


def test_a_crash_inside_the_answer_keeps_the_message_id_and_is_shown_to_staff(world: World) -> None:
    world.post(1)
    world.sink.plan = {1: INSIDE_ANSWER}
    with world.senders(1):
        settled(world)
    (name,) = world.message_ids()
    assert (world.sink.arrived[name], world.flagged()) == (2, {name})


def test_four_senders_at_once_and_nothing_twice(world: World) -> None:
    world.post(100)
    with world.senders(4):
        until(lambda: world.not_sent() == 0, "every letter was sent")
    assert set(world.sink.arrived.values()) == {1}
    assert set(world.sink.arrived) == world.message_ids()
    assert world.flagged() == set()


def test_the_mail_server_stopped_and_started(world: World) -> None:
    world.post(80)
    with world.senders(2):
        for arrived in (20, 50):
            until(partial(has_arrived, world, arrived), "some letters arrived")
            world.sink.stop()
            until(lambda: not world.ask(SENDING), "the senders saw it")
            world.sink.start()
        world.let_time_pass()
        until(lambda: world.not_sent() == 0, "every letter was sent")
    assert set(world.sink.arrived) == world.message_ids()
    assert world.twice() <= world.flagged()


def test_postgresql_stopped_and_started(world: World) -> None:
    world.post(80)
    with world.senders(2):
        for arrived in (20, 50):
            until(partial(has_arrived, world, arrived), "some letters arrived")
            world.stop_and_start(world.postgres)
        settled(world)
    assert set(world.sink.arrived) == world.message_ids()
    assert world.twice() == set()


def test_redis_and_postgresql_stopped_and_started_under_a_real_worker(world: World) -> None:
    with world.worker():
        world.post(10)
        until(lambda: world.not_sent() == 0, "the worker is at work")
        world.redis.stop()
        world.post(10)
        world.redis.start_again()
        world.redis.wait()
        until(lambda: world.not_sent() == 0, "the worker outlived Redis")
        world.stop_and_start(world.postgres)
        world.post(10)
        until(lambda: world.not_sent() == 0, "the worker outlived PostgreSQL")
    assert set(world.sink.arrived.values()) == {1}
    assert set(world.sink.arrived) == world.message_ids()
    assert len(world.sink.arrived) == 30


def test_a_worker_with_a_task_in_hand_outlives_redis(world: World) -> None:
    with world.worker():
        with world.in_hand():
            world.redis.stop()
            until(lambda: LOST in world.logged.read_text(), "the worker saw it")
            world.redis.start_again()
            world.redis.wait()
        world.post(10)
        until(lambda: world.not_sent() == 0, "the worker outlived Redis")
    assert set(world.sink.arrived) == world.message_ids()
