"""Nothing lost, nothing twice: killed workers, two at once, an IMAP server and a database that go and come back.

The servers are this module's own, so that they can be stopped; the database is a copy of the suite's.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from tests.scenarios.mailbox import Maildir
from tests.scenarios.mails import RECEIVED, mail
from tests.servers import migrated
from tests.servers.dovecot import Dovecot
from tests.servers.postgres import Postgres
from tests.servers.swift import roomy_folder

MAILS = 20
USER = "takip"
STANDING = "SELECT status, count(*) FROM correspondence_mail GROUP BY 1"


class World:
    """A PostgreSQL and an IMAP server with a company in it, whose mails are taken in by workers of their own."""

    def __init__(self, root: Path, stack: ExitStack) -> None:
        self.root = root
        self.postgres = stack.enter_context(Postgres(root))
        self.dovecot = stack.enter_context(Dovecot(root))
        self.files = root / "files"
        migrated.onto(self.postgres.url)
        self.to, self.asked = self.worker("prepare").split()
        self.dropped: list[bytes] = []

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "iysportal.settings",
            "DATABASE_URL": self.postgres.url,
            "MAILBOX_URLS": self.dovecot.url(USER),
            "VAR_DIR": str(self.root / "var"),
            "BROKER_URL": "memory://",
            "S3_BUCKET": "",
        }

    def worker(self, mode: str) -> str:
        command = [sys.executable, "-m", "tests.correspondence.fetcher", mode]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    @contextmanager
    def working(self) -> Iterator[None]:
        """A worker that goes on over every trouble."""
        command = [sys.executable, "-m", "tests.correspondence.fetcher", "loop"]
        process = subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)
        try:
            yield
        finally:
            process.kill()
            process.wait()

    def drop(self, count: int = MAILS) -> None:
        box = Maildir(self.dovecot.maildirs / USER)
        for _turn in range(count):
            key = f"<{uuid.uuid4()}@iys.org.tr>"
            raw = mail(to=self.to, text=RECEIVED, message_id=key, in_reply_to=self.asked)
            box.put(raw)
            self.dropped.append(raw)

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        line = psycopg2.connect(self.postgres.url)
        try:
            with line.cursor() as cursor:
                cursor.execute(question)
                return cursor.fetchall()
        finally:
            line.close()

    def wait_for_all(self) -> None:
        deadline = time.monotonic() + 120
        done = "SELECT count(*) FROM correspondence_mail WHERE status = 'applied'"
        while self.ask(done) != [(len(self.dropped),)]:
            assert time.monotonic() < deadline, self.ask(
                "SELECT status, count(*) FROM correspondence_mail GROUP BY 1"
            )
            time.sleep(0.2)

    def assert_each_acted_once(self) -> None:
        assert self.ask(STANDING) == [("applied", len(self.dropped))]
        kept = {digest for (digest,) in self.ask("SELECT sha256 FROM correspondence_mail")}
        assert kept == {hashlib.sha256(raw).hexdigest() for raw in self.dropped}
        told = "SELECT data->>'mail', count(*) FROM journal_entry WHERE event = '{}' AND data ? 'mail' GROUP BY 1"
        for event in ("mail_read", "moved"):
            assert {count for _mail, count in self.ask(told.format(event))} == {1}
            assert len(self.ask(told.format(event))) == len(self.dropped)


@pytest.fixture(scope="module")
def world(postgresql: None, dovecot: None, django_db_setup: None) -> Iterator[World]:
    with (
        tempfile.TemporaryDirectory(prefix="portal-faults-", dir=roomy_folder()) as name,
        ExitStack() as stack,
    ):
        root = Path(name)
        # The servers' own users must be able to pass through to their folders.
        root.chmod(0o711)
        yield World(root, stack)


@pytest.mark.django_db
def test_workers_killed_at_any_point_lose_nothing_and_repeat_nothing(world: World) -> None:
    world.drop()
    world.worker("kill")
    world.assert_each_acted_once()


@pytest.mark.django_db
def test_two_workers_at_once_take_each_mail_once(world: World) -> None:
    world.drop()
    world.worker("pair")
    world.assert_each_acted_once()


@pytest.mark.django_db
def test_servers_that_go_and_come_back_lose_nothing(world: World) -> None:
    with world.working():
        world.drop()
        time.sleep(0.5)
        world.dovecot.stop()
        world.drop()
        world.dovecot.start_again()
        world.dovecot.wait()
        time.sleep(0.5)
        world.postgres.stop()
        world.drop()
        time.sleep(0.5)
        world.postgres.start_again()
        world.postgres.wait()
        world.wait_for_all()
    world.assert_each_acted_once()
