"""Taking turns: the limit and ours, round after round, so that a busy moment of the machine meets both."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

ROUNDS = 5
NAME = 76  # signs of the first column


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
    within: Callable[[], AbstractContextManager[object]] = nullcontext  # all turns are taken there
    where: Callable[[], Iterable[str]] | None = None  # the time goes; None: a profile of this process says it


@dataclass(frozen=True)
class Figure:
    """What has a goal of its own and no limit beside it: statements, bytes, seconds until something is there.

    `found` is asked `rounds` times, one that takes its own median once. `where` says what it is made of.
    """

    name: str
    found: Callable[[], float]
    goal: float
    unit: str
    rounds: int = ROUNDS
    where: Callable[[], Iterable[str]] = tuple


@dataclass(frozen=True)
class Times:
    """Seconds, medians of the rounds; `processor` is what this process used, without servers and workers."""

    wall: float
    processor: float


@dataclass(frozen=True)
class Result:
    row: Row
    limit: Times
    ours: Times

    @property
    def ratio(self) -> float:
        return self.ours.wall / self.limit.wall

    @property
    def met(self) -> bool:
        return self.ratio <= self.row.goal

    def __str__(self) -> str:
        cells = "".join(
            f"{1000 * each:10.1f}"
            for each in (self.limit.wall, self.limit.processor, self.ours.wall, self.ours.processor)
        )
        return f"{self.row.name:{NAME}}{cells}{self.ratio:8.2f}{self.row.goal:8.2f}  {_yes(met=self.met)}"

    def figures(self) -> dict[str, object]:
        return {
            "row": self.row.name,
            "limit": vars(self.limit),
            "ours": vars(self.ours),
            "ratio": round(self.ratio, 3),
            "goal": self.row.goal,
            "met": self.met,
        }


@dataclass(frozen=True)
class Found:
    """A figure as it was found, the median of its rounds."""

    figure: Figure
    value: float

    @property
    def met(self) -> bool:
        return self.value <= self.figure.goal

    def __str__(self) -> str:
        cells = f"{'–':>10}{'':10}{self.value:10.2f} {self.figure.unit:9}"
        return f"{self.figure.name:{NAME}}{cells}{'':8}{self.figure.goal:8.2f}  {_yes(met=self.met)}"

    def figures(self) -> dict[str, object]:
        return {
            "row": self.figure.name,
            "ours": round(self.value, 3),
            "unit": self.figure.unit,
            "goal": self.figure.goal,
            "met": self.met,
        }


COLUMNS = f"{'limit':>10}{'its cpu':>10}{'ours':>10}{'its cpu':>10}{'ratio':>8}{'goal':>8}  met"
HEADING = f"{f'ms, median of {ROUNDS}':{NAME}}{COLUMNS}"


def measured(row: Row) -> Result:
    """One round more than ROUNDS is run first, and does not count: caches are warm and connections open then."""
    limits: list[Times] = []
    ours: list[Times] = []
    with row.within():
        for turn in range(ROUNDS + 1):
            for work, times in ((row.limit, limits), (row.ours, ours)):
                row.prepare()
                gc.collect()
                began, used = time.perf_counter(), time.process_time()
                work()
                if turn:
                    times.append(Times(time.perf_counter() - began, time.process_time() - used))
    return Result(row, _median(limits), _median(ours))


def found(figure: Figure) -> Found:
    return Found(figure, statistics.median(figure.found() for _round in range(figure.rounds)))


def _median(times: list[Times]) -> Times:
    return Times(
        statistics.median(each.wall for each in times), statistics.median(each.processor for each in times)
    )


def _yes(*, met: bool) -> str:
    return "yes" if met else "NO"
