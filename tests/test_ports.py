"""A port that was handed out is nobody else's, also before its server listens there."""

import subprocess
import sys
from contextlib import ExitStack

from launch.stack import ROOT

# All of them draw the same numbers.
ASKS = """
import random, sys
random.seed(2026)
from launch.ports import free_port
print(free_port(), flush=True)
sys.stdin.read()
"""


def test_processes_that_ask_at_the_same_time_are_given_different_ones() -> None:
    pipe = subprocess.PIPE
    with ExitStack() as asking:
        given = set()
        for _process in range(3):
            command = [sys.executable, "-c", ASKS]
            each = asking.enter_context(subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True))
            assert each.stdout is not None
            given.add(int(each.stdout.readline()))
    assert len(given) == 3
