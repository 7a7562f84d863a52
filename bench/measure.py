"""Taking turns: the limit and ours, round after round, so that a busy moment of the machine meets both."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True)
class Row:
    """`limit` and `ours` do the same work once; `goal` is the largest ratio that is good enough.

    What they need is made by `prepare`, before each turn and outside the clock.
    """

    name: str
    limit: Callable[[], object]
    ours: Callable[[], object]
    goal: float
    prepare: Callable[[], object] = lambda: None
    note: Callable[[], str] = lambda: ""  # what else is to be said of it


@dataclass(frozen=True)
class Result:
    row: Row
    limit: float  # seconds, median of the rounds
    ours: float

    @property
    def ratio(self) -> float:
        return self.ours / self.limit

    def __str__(self) -> str:
        verdict = "good" if self.ratio <= self.row.goal else "OVER"
        return (
            f"{self.row.name:60} {self.limit * 1000:9.1f} ms {self.ours * 1000:9.1f} ms "
            f"{self.ratio:6.2f}x  goal {self.row.goal:.2f}x  {verdict}"
        )


def measured(row: Row) -> Result:
    """One round more than ROUNDS is run first, and does not count: caches are warm and connections open then."""
    limits: list[float] = []
    ours: list[float] = []
    for turn in range(ROUNDS + 1):
        for work, times in ((row.limit, limits), (row.ours, ours)):
            row.prepare()
            gc.collect()
            began = time.perf_counter()
            work()
            if turn:
                times.append(time.perf_counter() - began)
    return Result(row, statistics.median(limits), statistics.median(ours))
