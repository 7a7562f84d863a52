"""How many statements a piece of work asks, and of which tables."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from django.db import connection
from django.test.utils import CaptureQueriesContext

BOUNDS = re.compile("BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK")
NAMED, LONGEST = 12, 5  # tables that are told
# The first word that names one of our tables; before it stand keywords and columns of it.
TABLE = re.compile(r'(?:FROM|INTO|UPDATE) "?(\w+)"?')


def of(work: Callable[[], object]) -> list[str]:
    """What is asked by it; where a transaction begins, ends or may be taken back to is left out."""
    with CaptureQueriesContext(connection) as asked:
        work()
    return [each["sql"] for each in asked.captured_queries if not BOUNDS.match(each["sql"])]


def by_table(work: Callable[[], object]) -> Iterator[str]:
    """One line: the tables that are asked most, and how often."""
    found = Counter(_table(sql) for sql in of(work))
    yield "    " + ", ".join(f"{count} × {name}" for name, count in found.most_common(NAMED))


def by_time(asked: Iterable[Mapping[str, str]]) -> str:
    """The tables for which PostgreSQL was waited for longest, of statements as Django keeps them."""
    waited: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for each in asked:
        table = _table(each["sql"])
        waited[table] += round(1000 * float(each["time"]))
        times[table] += 1
    longest = waited.most_common(LONGEST)
    return ", ".join(f"{table} {milliseconds} ms ({times[table]} ×)" for table, milliseconds in longest)


def _table(sql: str) -> str:
    named = TABLE.search(sql)
    return named[1] if named else sql.split(maxsplit=1)[0].lower()
