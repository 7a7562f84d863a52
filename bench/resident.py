"""How a process grows that does one kind of work for long: `python -m bench.resident WORK` prints by how much.

As a part of what it had after it did the work twice, when its caches were full.
"""

import os
import statistics
import sys
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "iysportal.settings"
django.setup()

from bench import incoming, outgoing, pages  # noqa: E402

WARM, TIMES = 2, 5


def mails() -> None:
    incoming.backlog()
    incoming.ours()


def letters() -> None:
    outgoing.empty()
    outgoing.through_the_outbox()


def boards() -> None:
    pages.looks("board")


WORK = {each.__name__: each for each in (mails, letters, boards)}


def _resident() -> int:
    """Kilobytes of this process that are in memory."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def main(name: str) -> None:
    for _warm in range(WARM):
        WORK[name]()
    first = _resident()
    after = []
    for _time in range(TIMES):
        WORK[name]()
        after.append(_resident() / first)
    print(statistics.median(after))


if __name__ == "__main__":
    main(sys.argv[1])
