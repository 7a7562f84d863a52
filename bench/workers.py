"""Workers as they run in production, on a broker of their own; started at first need, ended at the end."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

from iysportal.celery import app
from tests.scenarios.mails import OURS

PATIENCE = 60.0  # seconds
EVERY = 0.5  # seconds between two bells: a tenth of the schedule's five, as the backlog is a part of a real one
REST = 0.2  # seconds in which a worker that finds nothing ends what it was rung for

running = ExitStack()  # all that were started, for the end


class Crew:
    """`workers`, each a process that does one piece of work at a time; `broker` is the number of its database in
    Redis. With `beat` the schedule rings as well, and so does who listens to the mailbox. The first
    round, which does not count, waits until they are there."""

    def __init__(self, workers: int, mailbox: str, *, broker: int, beat: bool = False) -> None:
        self.url = urlunsplit(urlsplit(settings.CELERY_BROKER_URL)._replace(path=f"/{broker}"))
        options = ["--concurrency", str(workers), "--hostname", f"bench-{broker}@%h", "--loglevel", "ERROR"]
        schedule = Path(settings.VAR_DIR) / f"beat-{broker}"
        options += ["-B", "--schedule", str(schedule)] if beat else []
        own = {"BROKER_URL": self.url, "MAILBOX_URLS": mailbox, "AUTHSERV_ID": OURS}
        self._pid = started("celery", "-A", "iysportal", "worker", *options, **own)
        if beat:
            started("django", "listen", **own, DJANGO_SETTINGS_MODULE="iysportal.settings")
        self._line = running.enter_context(app.connection_for_write(self.url))

    def ring(self, task: Any) -> None:
        task.apply_async(connection=self._line, expires=3 * EVERY)

    def rest(self) -> None:
        """Forgets the bells that nobody has heard yet, so that the next round begins with its own."""
        app.control.purge(connection=self._line)
        time.sleep(REST)

    def processor(self) -> float:
        return used(self._pid)

    def until(self, done: Callable[[], bool], task: Any = None) -> None:
        """Rings for the task until it is done."""
        began = rung = time.monotonic()
        if task is not None:
            self.ring(task)
        while not done():
            now = time.monotonic()
            if now - began > PATIENCE:
                raise RuntimeError("The workers did not come to an end; what was measured says nothing.")
            if task is not None and now - rung >= EVERY:
                rung = now
                self.ring(task)
            time.sleep(0.01)


def started(module: str, *options: str, **own: str) -> int:
    """The number of a process of this Python that runs until all measuring ends, with `own` added to its
    environment."""
    with (Path(settings.VAR_DIR) / "bench-workers.log").open("ab") as log:
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", sys.executable, "-m", module, *options],
            env={**os.environ, **own},
            stdout=log,
            stderr=log,
        )
    running.callback(_end, process)
    return process.pid


def used(parent: int) -> float:
    """Seconds of the processor that a process and all its children have used."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return sum(map(_used, (str(parent), *children)))


def _used(pid: str) -> float:
    # Behind the name in brackets: utime and stime are the 12th and 13th there (proc(5)).
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait(PATIENCE)


@cache
def crew(workers: int, mailbox: str) -> Crew:
    """Of so many; each number of workers has a broker of its own, so that they take nothing from each other."""
    return Crew(workers, mailbox, broker=2 + workers)
