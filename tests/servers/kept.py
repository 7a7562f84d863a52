"""Servers that stay up between runs (`make servers`), and how a run finds them.

Whoever keeps them holds a lock on the state file. The kernel takes it back when that process dies or the machine
stops, and a copy of the file in another checkout never had it: so a file without a lock is a leftover.
"""

import fcntl
import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO

from tests.servers.lasting import Lasting, thrown_away
from tests.servers.process import Server, ServerError
from tests.servers.swift import PROJECT

STATE = PROJECT / "var" / "test-servers.json"


@contextmanager
def up(state: Path) -> Iterator[Sequence[Server]]:
    """PostgreSQL and Swift, up and written down in the state file for as long as the block lasts."""
    state.parent.mkdir(parents=True, exist_ok=True)
    with state.open("a") as file:
        if not _lock(file):
            raise ServerError("The test servers of this checkout are up already.")
        file.truncate(0)
        with thrown_away() as (lasting, servers):
            json.dump(asdict(lasting), file)
            file.flush()
            try:
                yield servers
            finally:
                file.truncate(0)


def keep(state: Path = STATE) -> None:
    """Keeps them until a signal ends this process; raises ServerError when one of them ends by itself."""
    print("Starting PostgreSQL and Swift…", flush=True)
    with up(state) as servers:
        print("They are up: `make test` in this checkout uses them. Ctrl-C ends them.", flush=True)
        while True:
            for server in servers:
                if server.ended:
                    raise ServerError(f"{server.name} ended by itself.\n{server.log_end()}")
            time.sleep(0.5)


def found(state: Path = STATE) -> Lasting | None:
    """The servers that are kept in this checkout, or None; a leftover is said."""
    if not state.exists():
        return None
    with state.open() as file:
        text = file.read()
        if not text:  # nobody keeps any, or they are still coming up
            return None
        if _lock(file):
            print(f"The test servers that {state.name} speaks of are gone.", file=sys.stderr)
            return None
    try:
        return Lasting(**json.loads(text))
    except TypeError:
        print("The test servers that are up were started by another version of the tests.", file=sys.stderr)
        return None


def _lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
