"""A server beside each portal process that forks a process for each file. PURE.

A fork has at once what would take an interpreter up to two seconds to load. The keeper itself never sees a file.
It ends when the portal process that started it does.
"""

import contextlib
import importlib
import json
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    # Started as a file of its own and isolated (python -I): nothing but this tells it where the portal's code is.
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from confinement import serving, wire

ORDER_MOST = 4096  # bytes
GRACE = 1.0  # seconds after its own alarm in which a process has to be gone


class Keeper:
    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.loaded: set[str] = set()
        # By process: the line to whoever waits for it, and when it has to be gone.
        self.running: dict[int, tuple[socket.socket, float]] = {}
        self.woken, self.waker = socket.socketpair()
        for each in (self.woken, self.waker):
            each.settimeout(0)

    def serve(self) -> None:
        signal.set_wakeup_fd(self.waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        while True:
            ends = min((end for _line, end in self.running.values()), default=None)
            wait = None if ends is None else max(ends - time.monotonic(), 0)
            ready = select.select([self.control, self.woken], [], [], wait)[0]
            if self.woken in ready:
                with contextlib.suppress(BlockingIOError):
                    self.woken.recv(4096)
            self._bury()
            if self.control in ready and not self._take_order():
                return self._end_all()

    def _take_order(self) -> bool:
        """False when the portal's process is gone."""
        text, descriptors, _flags, _address = socket.recv_fds(self.control, ORDER_MOST, 1)
        if not text:
            return False
        self.control.sendall(b".")
        order, line = json.loads(text), socket.socket(fileno=descriptors[0])
        limits = serving.Limits(**order["limits"])
        try:
            if not limits.apart:
                self._load(order["job"])
            process = os.fork()
        except Exception as error:  # noqa: BLE001 - said to whoever waits, and the keeper stays
            wire.send(line, {"failed": type(error).__name__})
            line.close()
            return True
        if process == 0:
            self._become(order["job"], limits, line)
        self.running[process] = line, time.monotonic() + limits.seconds + GRACE
        return True

    def _load(self, job: str) -> None:
        name = job.partition(":")[0]
        if name not in self.loaded:
            module = importlib.import_module(name)
            # What is loaded only at its first use could not be, once no file may be opened.
            getattr(module, "warm", lambda: None)()
            self.loaded.add(name)

    def _become(self, job: str, limits: serving.Limits, line: socket.socket) -> None:
        """In the fork: bounded, with nothing of the keeper's but the line; never returns."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            serving.bound_memory(limits)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            # Not whatever else is open: libraries keep the source of random numbers.
            others = (other for other, _ends in self.running.values())
            for each in (self.control, self.woken, self.waker, *others):
                each.close()
            serving.bound(limits)
            if limits.apart:
                os.set_inheritable(line.fileno(), True)  # noqa: FBT003
                program = [sys.executable, "-I", __file__, str(line.fileno()), job]
                os.execve(program[0], program, {})  # noqa: S606
            serving.work(job, line)
        finally:
            os._exit(1)

    def _bury(self) -> None:
        """Tells whoever waits for a process that ended without an answer by what it ended."""
        for process, (line, ends) in list(self.running.items()):
            if time.monotonic() >= ends:
                os.kill(process, signal.SIGKILL)
            dead, status = os.waitpid(process, os.WNOHANG)
            if dead:
                del self.running[process]
                number = os.waitstatus_to_exitcode(status)
                if number:
                    with contextlib.suppress(OSError):
                        wire.send(line, {"failed": signal.Signals(-number).name if number < 0 else str(number)})
                line.close()

    def _end_all(self) -> None:
        for process in self.running:
            os.kill(process, signal.SIGKILL)


if __name__ == "__main__":
    given = socket.socket(fileno=int(sys.argv[1]))
    if len(sys.argv) == 2:
        Keeper(given).serve()
    else:
        # A fork that began anew: it is bounded already.
        serving.work(sys.argv[2], given)
