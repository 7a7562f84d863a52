"""From the delivery of an answer to the moved step, by the programs as they run in production, with polling off.

A worker without beat, and `manage.py listen`: what moves here, moves because the mail server announced it.
"""

import json
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.faults.watched import frozen
from tests.faults.world import ROOT, World, until
from tests.scenarios import mails
from tests.scenarios.mailbox import Maildir
from tests.servers import migrated
from tests.servers.dovecot import Dovecot
from tests.servers.swift import roomy_folder

BOX = "takip"
ENDING = 10.0  # seconds


class ListeningWorld(World):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.dovecot = Dovecot(folder)
        self.waiting: list[dict[str, str]] = []

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "MAILBOX_URLS": self.dovecot.url(BOX)}

    @property
    def box(self) -> Maildir:
        return Maildir(self.dovecot.maildirs / BOX)

    def have_waiting(self, count: int) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.awaiting", str(count)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        self.waiting = json.loads(done.stdout.splitlines()[-1])

    def has_moved(self, application: dict[str, str]) -> bool:
        rows = self.ask("SELECT application_id, state FROM onboarding_steprecord WHERE step = 'status_query'")
        return {str(of): state for of, state in rows}[application["id"]] == "received"

    @contextmanager
    def worker_without_beat(self) -> Iterator[None]:
        options = ("--concurrency", "4", "--loglevel", "INFO")
        process = self.process("-m", "celery", "-A", "iysportal", "worker", *options)
        try:
            yield
        finally:
            process.terminate()
            process.wait(60)

    @contextmanager
    def listener(self) -> Iterator[subprocess.Popen[str]]:
        before = self.log().count("is listened to")
        process = self.process("manage.py", "listen")
        try:
            until(lambda: self.log().count("is listened to") > before, "the mailbox is listened to")
            yield process
        finally:
            process.terminate()
            process.wait(60)

    def log(self) -> str:
        return self.logged.read_text() if self.logged.exists() else ""


@pytest.fixture(scope="module")
def world(dovecot: None) -> Iterator[ListeningWorld]:
    with tempfile.TemporaryDirectory(prefix="portal-listening-", dir=roomy_folder()) as name:
        folder = Path(name)
        folder.chmod(0o711)
        world = ListeningWorld(folder)
        with world.postgres, world.redis, world.dovecot:
            migrated.onto(world.postgres.url)
            world.sink.start()
            world.have_waiting(11)
            with world.worker_without_beat():
                yield world
            world.sink.stop()


def answer(application: dict[str, str], number: int) -> bytes:
    text = mails.RECEIVED.replace("MX3ZB5JA", f"MX3ZB5{number:02d}")
    name = f"<{number}@iys.org.tr>"
    return mails.mail(to="iys@kiyi.example", text=text, in_reply_to=application["letter"], message_id=name)


def test_an_answer_moves_its_step_as_soon_as_it_comes(world: ListeningWorld) -> None:
    took = []
    with world.listener():
        for number, application in enumerate(world.waiting[:6], 10):
            began = time.monotonic()
            world.box.put(answer(application, number))
            until(partial(world.has_moved, application), "the step has moved")
            took.append(time.monotonic() - began)
    # The first one has the worker read its vocabulary.
    print("seconds:", [round(each, 2) for each in took], "median:", round(statistics.median(took[1:]), 2))


def test_mails_that_come_together_all_move_their_steps(world: ListeningWorld) -> None:
    """With two who listen; the bells of the later ones find the mailbox in somebody's hands."""
    waiting = world.waiting[6:]
    with world.listener(), world.listener():
        for number, application in enumerate(waiting, 30):
            world.box.put(answer(application, number))
        until(lambda: all(map(world.has_moved, waiting)), "all steps have moved")
    assert not world.ask("SELECT sha256 FROM correspondence_mail GROUP BY sha256 HAVING count(*) > 1")


def test_sigterm_ends_it_also_while_its_server_stands_still(world: ListeningWorld) -> None:
    with world.listener() as process:
        assert world.ask("SELECT name FROM telemetry_pulse WHERE name = 'listener'")
        with frozen(world.dovecot):
            process.send_signal(signal.SIGTERM)
            assert process.wait(ENDING) == 0
    assert not world.ask("SELECT name FROM telemetry_pulse WHERE name = 'listener'"), "it is missed by nobody"
