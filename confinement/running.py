"""Having something done to a file in a confined process, from the portal's side. PURE."""

import atexit
import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from threading import Lock
from typing import Any

from confinement import budget, wire
from confinement.serving import MESSAGE_MOST, Limits
from identifiers import Refused

PROGRAM = Path(__file__).with_name("keeper.py")
# What libraries need to find their own files; nothing else of the portal's environment goes along.
ENVIRONMENT = ("LANG", "LC_ALL", "HOME", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "FONTCONFIG_FILE")
# Beyond the work's own seconds: the first time, what it needs is loaded.
LOADING = 30.0
MOST_QUESTIONS = 64

Answers = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class Ended(Exception):
    """The process ended without an answer: at one of its limits, or by a fault. The text says by which."""


def run(job: str, arguments: Mapping[str, Any], *, limits: Limits, answers: Answers | None = None) -> Any:
    """What the function `job` ("module:function") returns for `arguments`, called in a process of its own.

    Arguments and answer are plain values and bytes. Raises Refused when the function does, Late when the time of
    the whole is over (`budget`), and Ended. `answers` is called for what the process asks of the portal. What
    comes back is as little believed as the file that went in.
    """
    limits = replace(limits, seconds=budget.left(limits.seconds))
    try:
        said = _answer(job, arguments, limits, answers)
    except Ended as error:
        if budget.is_spent():
            raise budget.Late from error
        raise
    if "refused" in said:
        raise Refused(str(said["refused"]))
    return said["answer"]


def _answer(job: str, arguments: Mapping[str, Any], limits: Limits, answers: Answers | None) -> dict[str, Any]:
    """What the process says at last: its answer, or that it refuses. Raises Ended."""
    line = _keepers.start(job, limits)
    try:
        line.settimeout(budget.left(limits.seconds + LOADING))
        # A process that ends while it is told says why behind that.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            wire.send(line, arguments)
        for _turn in range(MOST_QUESTIONS):
            said = wire.receive(line, most=MESSAGE_MOST)
            if "ask" not in said or answers is None:
                break
            wire.send(line, answers(said["ask"]))
    except OSError as error:
        raise Ended(type(error).__name__) from error
    finally:
        line.close()
    if "refused" not in said and "answer" not in said:
        raise Ended(str(said.get("failed", "no answer")))
    return said


class _Keepers:
    """One keeper per process of the portal, started at first need and anew when it went away."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._owner = 0
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, job: str, limits: Limits) -> socket.socket:
        """The line to a new process."""
        ours, theirs = socket.socketpair()
        order = json.dumps({"job": job, "limits": asdict(limits)}).encode()
        with theirs, self._lock:
            for attempt in (1, 2):
                try:
                    control = self._open()
                    socket.send_fds(control, [order], [theirs.fileno()])
                    if control.recv(1) != b".":
                        raise BrokenPipeError
                except OSError as error:
                    self.close()
                    if attempt == 2:
                        ours.close()
                        raise Ended(type(error).__name__) from error
                else:
                    break
        return ours

    def _open(self) -> socket.socket:
        if self._owner != os.getpid():
            # After a fork the keeper is the other process's.
            self._forget()
        if self._control is None:
            self._owner = os.getpid()
            self._control, theirs = socket.socketpair()
            self._control.settimeout(LOADING)
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-I", str(PROGRAM), str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    # Ctrl-C in a terminal is the portal's; the keeper ends with it.
                    start_new_session=True,
                )
        return self._control

    def _forget(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.returncode = 0
        self._control = self._process = None

    def close(self) -> None:
        """Its processes end with it."""
        if self._control is not None:
            self._control.close()
        if self._process is not None and self._owner == os.getpid():
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._control = self._process = None


_keepers = _Keepers()
atexit.register(_keepers.close)
# A lock that another thread held at the moment of the fork would never be free again.
os.register_at_fork(after_in_child=lambda: setattr(_keepers, "_lock", Lock()))
