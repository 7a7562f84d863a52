"""What `make run` starts ends with it, however it ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from launch.stack import ROOT
from tests.faults.world import until

LAUNCHER = """
import sys, time
from pathlib import Path
from launch.stack import Ports, Stack

class Sleepers(Stack):
    def _commands(self):
        return {name: ["sleep", "600"] for name in ("web", "worker")}

    def _wait(self):
        pass

stack = Sleepers(Path(sys.argv[1]), Ports.free(), {})
stack.start()
print(*(process.pid for process in stack.processes.values()), flush=True)
time.sleep(600)
"""


def lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"  # ended, and nobody has asked for its status yet


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=lambda number: number.name)
def test_nothing_outlives_a_launcher_that_is_killed(number: signal.Signals, tmp_path: Path) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert launcher.stdout is not None
    started = [int(pid) for pid in launcher.stdout.readline().split()]
    assert len(started) == 2
    # From then on the kernel knows.
    until(lambda: {Path(f"/proc/{pid}/comm").read_text() for pid in started} == {"sleep\n"}, "they run")
    launcher.send_signal(number)
    launcher.wait()
    launcher.stdout.close()
    until(lambda: not any(map(lives, started)), "all have ended")
