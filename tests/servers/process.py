"""A server program as a child process: found, started, waited for, stopped."""

import os
import shutil
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from launch.ports import free_port

START_SECONDS = 60.0
STOP_SECONDS = 10.0


class ServerError(Exception):
    """A server is missing or did not come up; the message is a sentence for whoever runs the tests."""


def find_program(name: str, *, package: str, folders: Sequence[Path] = ()) -> str:
    """The path of a program, looked for in `folders` first, then in PATH and /usr/sbin.

    Raises ServerError naming the Debian package it comes with.
    """
    places = [*map(str, folders), os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"]
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None:
        raise ServerError(
            f"The program {name} is missing. On Debian: apt-get install {package} (bin/setup test does it)."
        )
    return found


class Server(ABC):
    """One server with its data in a folder of its own.

    `with` starts it and waits until it answers; `started` lets several come up side by side. `stop` is safe at any
    moment, also twice.
    """

    name: str
    not_yet: tuple[type[Exception], ...] = (OSError,)  # what `ask` raises while the server is still coming up
    stop_signal = signal.SIGTERM
    identity: Sequence[str] = ()  # options of setpriv(1): who the program runs as, when not as ourselves

    def __init__(self, root: Path) -> None:
        self.folder = root / self.name
        self.port = free_port()
        self._command: Sequence[str] = ()
        self._process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def prepare(self) -> Sequence[str]:
        """Writes what the program needs into the folder and returns its command line."""

    @abstractmethod
    def ask(self) -> None:
        """Makes a client's first request. Raises one of `not_yet` when it gets no answer."""

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def ended(self) -> bool:
        """Whether the program is not there any more, or was never started."""
        return self._process is None or self._process.poll() is not None

    def start(self) -> None:
        self.folder.mkdir(parents=True)
        self._command = self.prepare()
        self.start_again()

    def start_again(self) -> None:
        """Starts the program on the data that it left when it was stopped."""
        at_our_death = self.stop_signal.name.removeprefix("SIG")
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C in the terminal must reach the command under test, not its servers.
            # pdeathsig: should we be killed hard, the kernel still ends the server.
            self._process = subprocess.Popen(
                ["setpriv", *self.identity, "--pdeathsig", at_our_death, "--", *self._command],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Returns once the server answers; raises ServerError with the end of its log when it does not."""
        if self._process is None:
            raise ServerError(f"{self.name} was not started.")
        deadline = time.monotonic() + START_SECONDS
        while True:
            if self._process.poll() is not None:
                raise ServerError(f"{self.name} ended with status {self._process.returncode}.\n{self.log_end()}")
            try:
                self.ask()
            except self.not_yet as error:
                if time.monotonic() > deadline:
                    raise ServerError(
                        f"{self.name} did not answer within {START_SECONDS:.0f} s.\n{self.log_end()}"
                    ) from error
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        process = self._process
        if process is None:
            return
        self._process = None
        if process.poll() is None:
            # To its children as well: Dovecot's master would take a second to tell them.
            os.killpg(process.pid, self.stop_signal)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def signal(self, number: int) -> None:
        """To the server and its children: SIGSTOP freezes it, SIGCONT lets it go on."""
        assert self._process is not None
        os.killpg(self._process.pid, number)

    def log_end(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])

    def __enter__(self) -> Self:
        try:
            self.start()
            self.wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


@contextmanager
def started(*servers: Server) -> Iterator[None]:
    """Starts them side by side; raises ServerError after stopping what had already come up."""
    with ExitStack() as stack:
        for server in servers:
            stack.callback(server.stop)
            server.start()
        for server in servers:
            server.wait()
        yield
