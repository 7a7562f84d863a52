"""`python -m tests.servers -- COMMAND...`: runs COMMAND among the test servers, ends with its status."""

import os
import signal
import subprocess
import sys
from types import FrameType

from tests.servers.process import ServerError
from tests.servers.stack import running

USAGE = "usage: python -m tests.servers -- COMMAND [ARGUMENT...]"


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + signal.SIGTERM)


def run(command: list[str]) -> int:
    """The exit status of the command; 128 + n when signal n ended it, as a shell says it."""
    print("Starting PostgreSQL, Redis, Dovecot and Swift for the tests…", file=sys.stderr, flush=True)
    with running() as environment:
        # pdeathsig: should we be killed hard, the kernel still ends the command (and the servers).
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *command], env={**os.environ, **environment}
        )
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
    if len(arguments) < 2 or arguments[0] != "--":
        print(USAGE, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _leave)
    try:
        return run(arguments[1:])
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
