"""A worker that fetches, to be killed, doubled and cut off: `python -m tests.correspondence.fetcher MODE`.

prepare: a company whose application İYS has; prints its tracking address and its letter's Message-ID. kill: starts
fetching again and again and is killed with SIGKILL at a random point each time. pair: two at once. loop: until it
is ended, as a worker does, over every trouble.
"""

import os
import random
import signal
import sys
import time

import django

django.setup()

from django.db import DatabaseError, close_old_connections, connections  # noqa: E402

from correspondence import mailbox  # noqa: E402
from correspondence.addresses import tracking_address  # noqa: E402
from jobs import tasks  # noqa: E402
from onboarding.mail import pipeline  # noqa: E402

TURNS = 15


def prepare() -> None:
    from tests.scenarios import mails
    from tests.scenarios.cast import Cast

    cast = Cast()
    cast.at_iys()
    print(tracking_address(cast.company).email, mails.asked(cast.company))


def child() -> int:
    """A process of its own that fetches once."""
    connections.close_all()
    process = os.fork()
    if process == 0:
        try:
            tasks.fetch()
        finally:
            os._exit(0)
    return process


def kill() -> None:
    for _turn in range(TURNS):
        process = child()
        time.sleep(random.uniform(0.0, 0.3))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    tasks.fetch()


def pair() -> None:
    for process in [child(), child()]:
        os.waitpid(process, 0)


def loop() -> None:
    while True:
        try:
            close_old_connections()
            tasks.fetch()
        except DatabaseError as error:
            print(f"trouble: {type(error).__name__}", file=sys.stderr)
        time.sleep(0.1)


if __name__ == "__main__":
    # Small batches, so that there are many points between two.
    mailbox.MAX_BATCH = pipeline.BATCH = 5
    {"prepare": prepare, "kill": kill, "pair": pair, "loop": loop}[sys.argv[1]]()
