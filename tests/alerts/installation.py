"""An installation, each part a process that can be stopped, and a Prometheus that watches it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg2

from tests.faults.watched import TOKEN, Watched
from tests.faults.world import ROOT, World, until
from tests.scenarios.mailbox import Maildir
from tests.servers import migrated
from tests.servers.dovecot import Dovecot
from tests.servers.prometheus import Prometheus
from tests.servers.swift import REGION, Swift, client

BUCKET = "portal-files"
MAIL = """\
From: Kim Bu <kim@bilinmez.example>
To: takip@takip.portal.example
Subject: Merhaba
Message-ID: <{number}@bilinmez.example>

Ne zaman görüşebiliriz?
"""


class Installation(Watched):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.dovecot, self.swift = Dovecot(folder), Swift(folder)
        self.prometheus = Prometheus(folder, web=self.port, worker=self.workers_port, token=TOKEN)
        self.mailbox_user = "takip"
        self._parts: dict[str, subprocess.Popen[str]] = {}
        self._commands = {
            "web": ("gunicorn", "iysportal.wsgi", "--bind", f"127.0.0.1:{self.port}", "--workers", "2",
                    "--no-control-socket"),
            "worker": ("celery", "-A", "iysportal", "worker", "--concurrency", "3", "--loglevel", "INFO"),
            "beat": ("celery", "-A", "iysportal", "beat", "--schedule", str(folder / "beat")),
            "listener": ("manage", "listen"),
        }  # fmt: skip

    @property
    def environment(self) -> dict[str, str]:
        return {
            **super().environment,
            "PORTAL_URL": f"http://localhost:{self.port}",
            "MAILBOX_URLS": self.dovecot.url(self.mailbox_user),
            "S3_BUCKET": BUCKET,
            "S3_ENDPOINT_URL": self.swift.url,
            "S3_REGION": REGION,
            "S3_ACCESS_KEY": self.swift.access_key,
            "S3_SECRET_KEY": self.swift.secret_key,
            "BACKUP_DIR": str(self.folder / "backups"),
            "BACKUP_KEYS_DIR": str(self.folder / "keys"),
            "BACKUP_PASSPHRASE": "yalniz-bu-deneme-icin",
            "BACKUP_DATABASE_URL": self.postgres.url,
        }

    def prepare(self) -> None:
        migrated.onto(self.postgres.url)
        self.ran("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        client(self.swift.url, self.swift.access_key, self.swift.secret_key).create_bucket(Bucket=BUCKET)

    def ran(self, *command: str) -> str:
        """A command as the pages of runbooks give it: `manage.py …`, `celery …`."""
        program = ["-m"] if command[0] in ("celery", "tests.alerts.desk") else []
        self.service = "commands"
        done = subprocess.run(
            [sys.executable, *program, *command],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
        return done.stdout

    def desk(self, *words: str) -> str:
        return self.ran("tests.alerts.desk", *words)

    def start_part(self, name: str) -> None:
        self.service = name
        # By the part's name, not the program's: worker and beat are both Celery's.
        self._parts[name] = World.process(self, "-m", *self._commands[name])
        if name == "web":
            until(self._answers, "the web server answers")

    def stop_part(self, name: str, number: int = signal.SIGTERM) -> None:
        part = self._parts.pop(name)
        os.kill(part.pid, number)
        part.wait(60)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        try:
            for name in self._commands:
                self.start_part(name)
            yield
        finally:
            # All are told before any is waited for.
            for part in self._parts.values():
                part.terminate()
            for part in self._parts.values():
                part.wait(60)

    def lately(self) -> str:
        """What went wrong in the processes, for who reads a failure."""
        return "".join(self.logged.read_text().splitlines(keepends=True)[-40:])

    def frozen_pages(self, seconds: float, count: int) -> None:
        """So many pages wait so long, since a table that each reads is locked."""
        with (
            psycopg2.connect(self.postgres.url) as line,
            line.cursor() as cursor,
            ThreadPoolExecutor(count) as pool,
        ):
            cursor.execute("LOCK TABLE partners_partner IN ACCESS EXCLUSIVE MODE")
            asked = [pool.submit(self.page) for _number in range(count)]
            time.sleep(seconds)
            line.rollback()
        assert [each.result() for each in asked] == [200] * count

    def page(self) -> int:
        return httpx.get(f"http://localhost:{self.port}/hesap/login/", timeout=60).status_code

    def mail_comes(self) -> None:
        """From somebody whom nobody knows."""
        box = Maildir(self.dovecot.maildirs / self.mailbox_user)
        number = uuid4().hex
        box.put(MAIL.format(number=number).encode())

    def passed(self, name: str, ago: str) -> None:
        """So long nothing was heard of it. Who is at work contradicts at once."""
        self.ask("UPDATE telemetry_pulse SET at = now() - interval %s WHERE name LIKE %s", ago, f"{name}%")

    def is_on(self, *alerts: str, meanwhile: Callable[[], object] = int) -> None:
        def are_on() -> bool:
            meanwhile()
            return set(alerts) <= self.prometheus.firing()

        self._comes(are_on, f"{alerts} are on")

    def is_over(self, *alerts: str) -> None:
        self._comes(lambda: not set(alerts) & self.prometheus.firing(), f"{alerts} are over")

    def is_calm(self) -> None:
        self._comes(lambda: not self.prometheus.firing(), "no alert is on")

    def _comes(self, true: Callable[[], bool], what: str) -> None:
        try:
            until(true, what)
        except AssertionError as error:
            raise AssertionError(f"{error}; {self.prometheus.firing()}\n{self.lately()}") from None
