"""The arithmetic of `make bench`: who is measured when, and what is said of it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bench import measure
from bench.measure import ROUNDS, Figure, Found, Result, Row, Times, found, measured


def test_limit_and_ours_take_turns_and_the_first_round_does_not_count() -> None:
    said: list[str] = []

    def work(name: str, first: float) -> None:
        time.sleep(first if name not in said else 0)
        said.append(name)

    row = Row(
        "rows", lambda: work("limit", 0.3), lambda: work("ours", 0.3), 1.0, prepare=lambda: said.append("prepare")
    )
    result = measured(row)
    assert said == ["prepare", "limit", "prepare", "ours"] * (ROUNDS + 1)
    assert max(result.limit.wall, result.ours.wall) < 0.2


def test_what_is_prepared_stands_outside_the_clock_and_all_turns_inside_one_block() -> None:
    said: list[str] = []

    @contextmanager
    def block() -> Iterator[None]:
        said.append("in")
        yield
        said.append("out")

    row = Row("rows", lambda: None, lambda: None, 1.0, prepare=lambda: time.sleep(0.02), within=block)
    result = measured(row)
    assert result.limit.wall < 0.01
    assert said == ["in", "out"]


@pytest.mark.parametrize(("ours", "met"), [(2.9, True), (3.0, True), (3.1, False)])
def test_a_row_is_met_up_to_its_goal(ours: float, met: bool) -> None:
    result = Result(Row("rows", lambda: None, lambda: None, 3.0), Times(1.0, 0.5), Times(ours, 0.5))
    assert result.met is met
    assert str(result).endswith("yes" if met else "NO")
    assert result.figures() == {
        "row": "rows",
        "limit": {"wall": 1.0, "processor": 0.5},
        "ours": {"wall": ours, "processor": 0.5},
        "ratio": ours,
        "goal": 3.0,
        "met": met,
    }


def test_a_figure_is_the_median_of_its_rounds() -> None:
    values = iter([9.0, 1.0, 2.0, 8.0, 3.0])
    value = found(Figure("statements", lambda: next(values), 3, ""))
    assert value.value == 3.0
    assert value.met
    assert not Found(value.figure, 3.5).met
    assert value.figures() == {"row": "statements", "ours": 3.0, "unit": "", "goal": 3, "met": True}


def test_lines_of_rows_and_figures_stand_below_the_heading() -> None:
    row = str(Result(Row("rows", lambda: None, lambda: None, 3.0), Times(1.0, 0.5), Times(2.0, 0.5)))
    figure = str(Found(Figure("kB", lambda: 0, 60.0, "kB"), 48.0))
    goal = measure.HEADING.index("goal") + len("goal")
    assert row[:goal].endswith("3.00")
    assert figure[:goal].endswith("60.00")
