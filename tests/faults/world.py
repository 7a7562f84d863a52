"""PostgreSQL, Redis and a counting mail server of one's own, so that they can be stopped; and who works there."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from tests.faults.sink import Sink
from tests.servers import migrated
from tests.servers.postgres import Postgres
from tests.servers.process import Server
from tests.servers.redis import Redis

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0  # seconds until a test that waits for what never comes fails; none is ever slept through


class World:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres, self.redis, self.sink = Postgres(folder), Redis(folder), Sink()
        self._crew: subprocess.Popen[str]

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            # What is tried here is what goes at all, not how much a company may write on a day.
            "QUOTAS": ",".join(
                f"{letters}.{whose}.day=100000"
                for letters in ("letters", "letters_to_iys")
                for whose in ("company", "partner")
            ),
            "DATABASE_URL": self.postgres.url,
            "BROKER_URL": self.redis.url(0),
            "CACHE_URL": self.redis.url(1),
            "SMTP_URL": self.sink.url,
            "MAILBOX_URLS": f"maildir://{self.folder / 'maildir'}",
            "VAR_DIR": str(self.folder / "var"),
            "S3_BUCKET": "",
        }

    def start(self) -> None:
        migrated.onto(self.postgres.url)
        self.sink.start()
        self.sink.victim = self.newest_sender
        self._crew = self.process("-m", "tests.faults.crew", stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def stop(self) -> None:
        self._crew.communicate(timeout=PATIENCE)
        self.sink.stop()

    def stop_and_start(self, server: Server) -> None:
        server.stop()
        server.start_again()
        server.wait()

    @property
    def logged(self) -> Path:
        return self.folder / "work.log"

    def process(self, *command: str, **pipes: int) -> subprocess.Popen[str]:
        with self.logged.open("ab") as log:
            # pdeathsig: should we be killed hard, the kernel still ends it.
            started: subprocess.Popen[str] = subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", "--", sys.executable, *command],
                cwd=ROOT,
                env=self.environment,
                text=True,
                **{"stdout": log, "stderr": log, **pipes},  # type: ignore[call-overload]
            )
        return started

    def _tell(self, line: str) -> None:
        assert self._crew.stdin is not None
        assert self._crew.stdout is not None
        self._crew.stdin.write(line + "\n")
        self._crew.stdin.flush()
        assert self._crew.stdout.readline() == "done\n", self.logged.read_text()[-2000:]

    def post(self, count: int) -> None:
        self._tell(f"post {count}")

    @contextmanager
    def senders(self, count: int) -> Iterator[None]:
        self._tell(f"work {count} {self.folder}")
        try:
            yield
        finally:
            self._tell("rest")

    @contextmanager
    def worker(self) -> Iterator[None]:
        """Celery's worker with the schedule, as it runs in production."""
        options = ("--concurrency", "4", "--loglevel", "INFO", "--schedule", str(self.folder / "beat"))
        process = self.process("-m", "celery", "-A", "iysportal", "worker", "-B", *options)
        try:
            yield
        finally:
            process.terminate()
            process.wait(60)

    @contextmanager
    def in_hand(self) -> Iterator[None]:
        """Whoever is at work has taken up a task and comes no further."""
        with psycopg2.connect(self.postgres.url) as line, line.cursor() as cursor:
            cursor.execute("LOCK TABLE correspondence_letter IN ACCESS EXCLUSIVE MODE")
            until(lambda: self.ask("SELECT 1 FROM pg_locks WHERE NOT granted"), "a task is in hand")
            yield

    def newest_sender(self) -> int:
        return int((self.folder / "sender-0").read_text())

    def ask(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with psycopg2.connect(self.postgres.url) as connection, connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def not_sent(self) -> int:
        return int(str(self.ask("SELECT count(*) FROM correspondence_letter WHERE status <> 'sent'")[0][0]))

    def flagged(self) -> set[str]:
        rows = self.ask("SELECT message_id FROM correspondence_letter WHERE doubted_at IS NOT NULL")
        return {str(name) for (name,) in rows}

    def message_ids(self) -> set[str]:
        return {str(name) for (name,) in self.ask("SELECT message_id FROM correspondence_letter")}

    def twice(self) -> set[str]:
        return {name for name, count in self.sink.arrived.items() if count > 1}

    def let_time_pass(self) -> None:
        """Delays of retries and the leases of senders that died are over, at once."""
        self.ask("UPDATE correspondence_letter SET due_at = now() WHERE status = 'queued'")
        self.ask("UPDATE correspondence_letter SET lease_until = now() WHERE status = 'sending'")

    def forget(self) -> None:
        self.ask("TRUNCATE correspondence_letter, correspondence_sendingday CASCADE")
        self.sink.arrived.clear()
        self.sink.struck_inside_answer.clear()
        self.sink.begun = self.sink.strikes = 0
        self.sink.plan = {}


def until(true: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"It never came to this: {what}"
        time.sleep(0.02)
