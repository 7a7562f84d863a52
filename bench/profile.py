"""Where the time of a row goes that is over its goal: by package, and by the portal's own functions."""

import cProfile
import pstats
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import statements
from bench.measure import Row

PROJECT = str(Path(__file__).parent.parent)
PACKAGES, FUNCTIONS = 8, 8  # how many are named
WHOLE = 0.9  # share of the time from which a function is only the way to what takes it


def profiled(row: Row) -> Iterator[str]:
    """One turn of ours under a profiler, which slows Python's own code down more than what waits."""
    profiler = cProfile.Profile()
    with row.within():
        row.prepare()
        with CaptureQueriesContext(connection) as asked:
            profiler.runcall(row.ours)
    # The way to what was measured is not public in pstats' types.
    found = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    total = sum(own for _calls, _all, own, _with_called, _callers in found.values())
    by_package: Counter[str] = Counter()
    ours: list[tuple[float, str, int]] = []
    for (file, line, name), (_calls, calls, own, with_called, _callers) in found.items():
        by_package[_package(file, name)] += own
        if file.startswith(PROJECT) and "/.venv/" not in file and "/bench/" not in file:
            ours.append((with_called, f"{file.removeprefix(PROJECT + '/')}:{line} {name}", calls))
    shares = ", ".join(f"{name} {own / total:.0%}" for name, own in by_package.most_common(PACKAGES))
    yield f"    of {1000 * total:.0f} ms under the profiler: {shares}"
    yield f"    longest waited for: {statements.by_time(asked.captured_queries)}"
    named = sorted((each for each in ours if each[0] < WHOLE * total), reverse=True)
    for with_called, where, calls in named[:FUNCTIONS]:
        yield f"    {with_called / total:5.0%}  {calls:6} calls  {where}"


def _package(file: str, name: str) -> str:
    if file == "~":
        return "psycopg2" if "psycopg2" in name else "built-in"
    _before, installed, inside = file.rpartition("/site-packages/")
    parts = Path(inside if installed else file.removeprefix(PROJECT + "/")).parts
    if installed and parts[0] == "django":
        return ".".join(parts[:2]).removesuffix(".py")
    if file.startswith(PROJECT) and not installed:
        return "the portal"
    return parts[0] if installed else "python"
