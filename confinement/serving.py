"""What a confined process does: bound itself, read what it is to work on, answer, end. PURE.

Whoever takes this process over through a prepared file has no environment, can write no file, open no more
descriptors than the work needs, and is ended at its limits.
"""

import importlib
import math
import os
import resource
import signal
import socket
import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from confinement import wire
from identifiers import Refused

MESSAGE_MOST = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory` in bytes, beyond what the process has when it begins; `seconds` by the clock and of the processor.

    `files` is about how many files or sockets it may open at once: with 0 it can open none, and so reaches nothing
    on this machine and nothing outside. `apart` has the work begin in a fresh interpreter.
    """

    memory: int
    seconds: float
    files: int = 0
    apart: bool = False


class Line:
    """To the portal, from inside; one per process."""

    portal: socket.socket | None = None


def ask(question: Mapping[str, Any]) -> dict[str, Any]:
    """Has the portal do what this process may not, if it wants to (`answers` of `running.run`)."""
    if Line.portal is None:
        raise RuntimeError("Only a confined process asks.")
    wire.send(Line.portal, {"ask": question})
    return wire.receive(Line.portal, most=MESSAGE_MOST)


def bound(limits: Limits) -> None:
    """For good: none of it can be taken back from inside."""
    seconds = math.ceil(limits.seconds)
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _last_open() + 1 + limits.files if limits.files else 0)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)


def bound_memory(limits: Limits) -> None:
    # Without /proc (not Linux) the system has no such limit that holds.
    status = Path("/proc/self/statm")
    if status.exists():
        begins = int(status.read_text().split()[0]) * resource.getpagesize()
        _limit(resource.RLIMIT_AS, begins + limits.memory)


def _limit(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def _last_open() -> int:
    """The highest descriptor in use: a new one has the next free number."""
    place = Path("/proc/self/fd") if sys.platform == "linux" else Path("/dev/fd")
    return max(int(each.name) for each in place.iterdir())


def work(job: str, line: socket.socket) -> None:
    """Reads the arguments of `job` ("module:function"), calls it and writes what comes of it; never returns."""
    Line.portal = line
    # Libraries remark on odd files; nobody reads it, and the source lines it would quote cannot be opened.
    warnings.simplefilter("ignore")
    try:
        module, _colon, name = job.partition(":")
        function = getattr(importlib.import_module(module), name)
        answer: dict[str, Any] = {"answer": function(**wire.receive(line, most=MESSAGE_MOST))}
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except BaseException as error:  # noqa: BLE001 - whatever a parser raises over a prepared file
        answer = {"failed": type(error).__name__}
    try:
        wire.send(line, answer)
    finally:
        # Nothing of Python's own tidying up: what the file did to this process ends with it.
        os._exit(0)
