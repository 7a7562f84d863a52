"""Whether memory stays as it is, however much was done: of processes that do nothing else (`bench.resident`)."""

import os
import subprocess
import sys
from functools import partial

from bench import databases
from bench.incoming import MAILS
from bench.measure import Figure
from bench.outgoing import LETTERS
from bench.pages import PAGES

ONCE = {"mails": MAILS, "letters": LETTERS, "boards": PAGES}


def _asked(work: str) -> float:
    """In a database in which nothing else was done."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.resident", work],
        env={**os.environ, "DATABASE_URL": databases.url(databases.fresh(work))},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(done.stdout)


ROWS = tuple(
    Figure(
        f"memory of a process that does {count} {work} again and again, beside its first",
        partial(_asked, work),
        1.05,
        "×",
        rounds=1,  # its own median
    )
    for work, count in ONCE.items()
)
