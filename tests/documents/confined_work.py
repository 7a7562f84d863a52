"""What confined processes are told to do by tests: mostly what they must not succeed in."""

import ctypes
import os
import signal
import socket
import time
from pathlib import Path
from typing import Any

from confinement.serving import ask
from identifiers import Refused


def echo(**values: Any) -> dict[str, Any]:
    return values


def refuse() -> None:
    raise Refused("Olmaz.")


def takes_memory() -> int:
    return len(bytearray(1024 * 1024 * 1024))


def takes_time() -> None:
    while True:
        pass


def sleeps() -> None:
    time.sleep(60)


def ignores_the_alarm() -> None:
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    time.sleep(60)


def crashes() -> None:
    ctypes.string_at(0)


def leaves() -> None:
    os._exit(7)


def fails() -> float:
    return 1 / 0


def parent() -> int:
    return os.getppid()


def asks() -> dict[str, Any]:
    return ask({"number": 21})


def writes(*, path: str) -> None:
    Path(path).write_bytes(b"x" * 100)


def looks_around(*, portal: int) -> dict[str, list[str]]:
    reached = []
    for path in ("/etc/passwd", f"/proc/{portal}/environ", "/proc/self/environ"):
        try:
            Path(path).read_bytes()
            reached.append(path)
        except OSError:
            continue
    try:
        socket.socket().close()
        reached.append("network")
    except OSError:
        pass
    return {
        "environment": [name for name in os.environ if name not in ("LANG", "LC_ALL", "HOME")],
        "reached": reached,
    }
