"""Runs a command among the test servers, or without any; ends with the command's status. `keep` keeps them up."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import FrameType

from launch.ports import NoPort
from tests.servers import kept
from tests.servers.process import ServerError
from tests.servers.stack import ADDRESSES, none, running

USAGE = """\
usage: python -m tests.servers -- COMMAND...        among the kept servers, or among ones that are thrown away
       python -m tests.servers none -- COMMAND...   without servers
       python -m tests.servers keep                 keeps servers up until Ctrl-C"""


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def run(command: list[str], surroundings: AbstractContextManager[Mapping[str, str]]) -> int:
    """The exit status of the command; 128 + n when signal n ended it, as a shell says it."""
    with surroundings as environment:
        ours = {name: value for name, value in os.environ.items() if name not in ADDRESSES}
        # pdeathsig: should we be killed hard, the kernel still ends the command (and the servers).
        process = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", "--", *command], env={**ours, **environment})
        try:
            while True:
                try:
                    status = process.wait()
                    break
                except KeyboardInterrupt:
                    # The terminal sent Ctrl-C to the command as well: it ends by itself, we tidy up.
                    continue
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    return status if status >= 0 else 128 - status


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGHUP, _leave)
    try:
        match arguments:
            case ["keep"]:
                kept.keep()
            case ["none", "--", _, *_]:
                return run(arguments[2:], none())
            case ["--", _, *_]:
                return run(arguments[1:], running())
        print(USAGE, file=sys.stderr)
        return 2
    except (ServerError, NoPort) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
