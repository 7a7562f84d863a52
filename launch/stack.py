"""The processes of the portal, started with one environment and stopped together."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from launch.ports import free_port

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds until every process has to answer
GRACE = 8.0  # seconds between asking a process to stop and stopping it


class Stuck(Exception):
    """A process did not start or has died; the message says which and shows its last lines."""


@dataclass(frozen=True)
class Ports:
    web: int
    sandbox: int
    smtp: int

    def refuse_busy(self) -> None:
        """Raises Stuck, naming the port and its variable, when another program has one of them."""
        for name, port in (("PORT", self.web), ("SANDBOX_PORT", self.sandbox), ("SMTP_PORT", self.smtp)):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError as error:
                    raise Stuck(
                        f"Port {port} is used by another program. Stop it, or choose another port: {name}=…"
                    ) from error

    @classmethod
    def free(cls) -> "Ports":
        """Three ports that nobody uses now."""
        return cls(free_port(), free_port(), free_port())


@dataclass
class Stack:
    """`env` is added to this process's environment, and `own` to that of the processes that it names; logs go to
    `var`/log/<name>.log."""

    var: Path
    ports: Ports
    env: Mapping[str, str]
    tracking_maildir: Path | None = None
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def portal_url(self) -> str:
        return f"http://localhost:{self.ports.web}"

    @property
    def sandbox_url(self) -> str:
        return f"http://localhost:{self.ports.sandbox}"

    def environment(self) -> dict[str, str]:
        # What one start has compiled, the next one finds: without it each process compiles for seconds anew.
        ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {
            **ours,
            "VAR_DIR": str(self.var),
            "PORTAL_URL": self.portal_url,
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "SANDBOX_URL": self.sandbox_url,
            "REGISTRY_URL": f"{self.sandbox_url}/api/registry",
            "SMS_URL": f"{self.sandbox_url}/sms",
            "SMTP_URL": f"smtp://127.0.0.1:{self.ports.smtp}",
            "DJANGO_SETTINGS_MODULE": "iysportal.settings",
            "LOG_FORMAT": "line",  # for people
            **self.env,
        }

    def manage(self, *words: str) -> None:
        """Runs a management command to its end. Raises Stuck when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Stuck(f"manage.py {' '.join(words)} failed:\n{done.stdout}{done.stderr}")

    def _commands(self) -> dict[str, list[str]]:
        python = sys.executable
        maildir = self.tracking_maildir or self.var / "mail" / "tracking"
        sandbox = ["--smtp-port", str(self.ports.smtp), "--http-port", str(self.ports.sandbox)]
        sandbox += ["--root", str(self.var / "sandbox"), "--tracking-maildir", str(maildir)]
        sandbox += ["--trust-dir", str(self.var / "trust")]
        web = ["--bind", f"127.0.0.1:{self.ports.web}", "--threads", "4", "--no-control-socket"]
        beat = ["-B", "--schedule", str(self.var / "beat")]
        return {
            "sandbox": [python, "-m", "sandbox", *sandbox, "--portal-url", self.portal_url],
            "web": [python, "-m", "gunicorn", "iysportal.wsgi", *web],
            "worker": [python, "-m", "celery", "-A", "iysportal", "worker", *beat, "--pool", "threads", "-c", "6"],
        }

    def start(self) -> None:
        """Starts everything and returns once it answers. Raises Stuck when something does not."""
        self.ports.refuse_busy()
        (self.var / "log").mkdir(parents=True, exist_ok=True)
        for name, command in self._commands().items():
            with self._log(name).open("ab") as log:
                # A group of its own: Ctrl-C in the terminal reaches us alone, and we stop the others in order.
                self.processes[name] = subprocess.Popen(
                    _ends_with_us(command),
                    cwd=ROOT,
                    env={**self.environment(), **self.own.get(name, {})},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        self._wait()

    def _log(self, name: str) -> Path:
        return self.var / "log" / f"{name}.log"

    def tail(self, name: str, lines: int = 25) -> str:
        return "\n".join(self._log(name).read_text(errors="replace").splitlines()[-lines:])

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        waiting = {"sandbox": f"{self.sandbox_url}/healthz", "web": f"{self.portal_url}/"}
        while waiting:
            self.check()
            for name, url in list(waiting.items()):
                if _answers(url):
                    del waiting[name]
            if time.monotonic() > end:
                name = next(iter(waiting))
                raise Stuck(f"{name} does not answer. Its last lines:\n{self.tail(name)}")
            time.sleep(0.1)

    def check(self) -> None:
        """Raises Stuck when a process has ended by itself."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise Stuck(f"{name} has ended (status {process.returncode}). Its last lines:\n{self.tail(name)}")

    def stop(self) -> None:
        """Stops every process and all of its children."""
        for process in self.processes.values():
            _signal(process, signal.SIGTERM)
        end = time.monotonic() + GRACE
        for process in self.processes.values():
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal(process, signal.SIGKILL)
                process.wait()
        self.processes.clear()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _ends_with_us(command: list[str]) -> list[str]:
    """Should we be killed hard, Linux still ends the command; other systems have nothing like it."""
    setpriv = shutil.which("setpriv", path=f"{os.environ.get('PATH', '')}:{os.defpath}")
    return command if setpriv is None else [setpriv, "--pdeathsig", "TERM", "--", *command]


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return  # it has ended already


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
