"""`make run` for the second time: until the portal, its worker and the sandbox answer."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache

from bench.measure import Figure
from launch.stack import Ports
from tests.servers.stack import ADDRESSES

OURS = ("SMTP_URL", "SECRET_KEY", "FIELD_KEYS", "VAR_DIR", "PORTAL_URL", "ALLOWED_HOSTS")
READY = "The portal is ready"


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    """Where it was started before; goes with this process."""
    folder = tempfile.TemporaryDirectory(prefix="portal-bench-run-")
    _start(folder.name)
    return folder


def _start(folder: str) -> float:
    ports = Ports.free()
    here = {name: value for name, value in os.environ.items() if name not in (*ADDRESSES, *OURS)}
    own = {
        "VAR_DIR": folder,
        "PORT": str(ports.web),
        "SANDBOX_PORT": str(ports.sandbox),
        "SMTP_PORT": str(ports.smtp),
    }
    began = time.perf_counter()
    process = subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", "--", sys.executable, "-m", "launch", "run"],
        env={**here, **own},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if process.stdout is None or not any(READY in line for line in process.stdout):
            raise RuntimeError("The portal did not start; what was measured says nothing.")
        return time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


ROWS = (Figure("make run, every start after the first", lambda: _start(_folder().name), 5.0, "s"),)
