"""A worker that fetches, to be killed, doubled and cut off: `python -m tests.correspondence.fetcher MODE`.

prepare: a company whose application İYS has; prints its tracking address and its letter's Message-ID. kill: starts
fetching again and again and is killed with SIGKILL at a random point each time. pair: two at once. loop: until it
is ended, as a worker does, over every trouble. points: killed before and after each stage of settling a batch.
rivals: two at once with the same mails before them.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import DatabaseError, close_old_connections, connections  # noqa: E402

from correspondence import mailbox  # noqa: E402
from correspondence.addresses import tracking_address  # noqa: E402
from onboarding.mail import pipeline, resting  # noqa: E402

TURNS = 15
POINTS = ("save", "write_all", "_settle", "settle")


def prepare() -> None:
    from tests.scenarios import mails
    from tests.scenarios.cast import Cast

    cast = Cast()
    cast.at_iys()
    print(tracking_address(cast.company).email, mails.asked(cast.company))


def child(work: Callable[[], object] = pipeline.run) -> int:
    """A process of its own that fetches once."""
    connections.close_all()
    process = os.fork()
    if process == 0:
        try:
            work()
        finally:
            os._exit(0)
    return process


def kill() -> None:
    for _turn in range(TURNS):
        process = child()
        time.sleep(random.uniform(0.0, 0.3))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    pipeline.run()


def pair() -> None:
    for process in [child(), child()]:
        os.waitpid(process, 0)


def fetched() -> None:
    """What waits in the mailbox stands before the last stage."""
    for name in pipeline.names_of_mailboxes():
        pipeline.fetch(name)
    pipeline.process_new()


def points() -> None:
    fetched()
    for name in POINTS:
        for first in (True, False):
            _pid, status = os.waitpid(child(lambda name=name, first=first: dying(name, first=first)), 0)  # type: ignore[misc]
            assert os.WTERMSIG(status) == signal.SIGKILL, f"{name} was never met"
    pipeline.run()


def dying(name: str, *, first: bool) -> None:
    plain = getattr(resting, name)

    def dies(*given: Any) -> None:
        if not first:
            plain(*given)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(resting, name, dies)
    pipeline.apply_due()


def rivals() -> None:
    fetched()
    for process in [child(pipeline.apply_due), child(pipeline.apply_due)]:
        os.waitpid(process, 0)


def loop() -> None:
    while True:
        try:
            close_old_connections()
            pipeline.run()
        except DatabaseError as error:
            print(f"trouble: {type(error).__name__}", file=sys.stderr)
        time.sleep(0.1)


if __name__ == "__main__":
    # Small batches, so that there are many points between two.
    mailbox.MAX_BATCH = pipeline.BATCH = 5
    modes = {"prepare": prepare, "kill": kill, "pair": pair, "loop": loop, "points": points, "rivals": rivals}
    modes[sys.argv[1]]()
