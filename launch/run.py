"""`make run`: the portal, its worker and the sandbox on this machine, until Ctrl-C."""

import os
import signal
import sys
import time
from pathlib import Path

from launch.keys import keys
from launch.stack import ROOT, Ports, Stack, Stuck

DEMO_PASSWORD = "mavi-deniz-2026"  # noqa: S105 - of invented people, in sandbox mode alone
BANNER = """
  The portal is ready:     {portal}
  Post office and İYS:     {sandbox}

  Log-ins (password of all: {password})
    company owner          yonetici@mavideniz.example
    support                destek@portal.example
    ops                    isletim@portal.example      {portal}/destek/

  Nothing is sent to real addresses. Ctrl-C stops everything; what you did is kept in {var}.
"""


def run() -> int:
    """Serves until Ctrl-C or SIGTERM; 0, or 1 when something could not start or has died."""
    var = Path(os.environ.get("VAR_DIR", ROOT / "var")).resolve()
    ports = Ports(
        int(os.environ.get("PORT", "8000")),
        int(os.environ.get("SANDBOX_PORT", "8025")),
        int(os.environ.get("SMTP_PORT", "2525")),
    )
    stack = Stack(var, ports, keys(var))
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        ports.refuse_busy()
        prepare(stack)
        with stack:
            print(
                BANNER.format(portal=stack.portal_url, sandbox=stack.sandbox_url, password=DEMO_PASSWORD, var=var),
                flush=True,
            )
            while True:
                stack.check()
                time.sleep(1)
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 0
    except Stuck as error:
        print(error, file=sys.stderr)
        return 1


def prepare(stack: Stack) -> None:
    """Database, demo data and static files in one process: starting Python thrice costs more than the work."""
    print("Preparing the database and the demo data …", flush=True)
    stack.manage("demo_data", "--prepare")


def _interrupt(*_signal: object) -> None:
    raise KeyboardInterrupt
