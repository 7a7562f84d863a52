"""The files of the private store beside the rows that name them: what no row names, and what is named and gone.

The names wait in a file of SQLite on this machine meanwhile. So neither side is ever held in memory, the store is
listed once, and each table is read once by its key, however many files there are.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from django.core.files.storage import storages
from django.db import models
from django.db.models import QuerySet

from documents.encrypted import Lying
from documents.storage import file_columns
from telemetry.progress import Far, unwatched

T = TypeVar("T")
BATCH = 1_000
# A file is there before its row is: what is younger may be about to be named.
YOUNG = timedelta(days=1)
# Each of these is asked for by itself; a store that has lost more is not counted to its end.
MOST_GONE = 1_000
TABLES = """
CREATE TABLE lying (name TEXT PRIMARY KEY, size INTEGER, since REAL, named INTEGER DEFAULT 0) WITHOUT ROWID;
CREATE TABLE gone (place INTEGER, name TEXT);
"""


@dataclass(frozen=True, slots=True)
class Gone:
    """`place`: the table and column that name a file which is not there."""

    place: str
    name: str


class Comparison:
    def __init__(self, notes: sqlite3.Connection, before: datetime) -> None:
        self._notes, self._before = notes, before.timestamp()

    def orphans(self) -> Iterator[list[Lying]]:
        """What no row names and nobody can be about to name, batch by batch; the rows are asked once more as a
        batch is given."""
        rows = self._notes.execute(
            "SELECT name, size, since FROM lying WHERE named = 0 AND since < ? ORDER BY name", [self._before]
        )
        for batch in _batches(rows):
            named = named_of([name for name, _size, _since in batch])
            found = [
                Lying(name, size, datetime.fromtimestamp(since, UTC))
                for name, size, since in batch
                if name not in named
            ]
            if found:
                yield found

    def gone(self) -> Iterator[Gone]:
        """What a row names and the store has not, so many at most; both are asked once more."""
        columns = file_columns()
        for place, name in self._notes.execute("SELECT place, name FROM gone LIMIT ?", [MOST_GONE]):
            model, column = columns[place]
            if not storages["private"].exists(name) and _naming(model, column).filter(**{column: name}).exists():
                yield Gone(f"{model._meta.label}.{column}", name)  # noqa: SLF001 - Django's way to ask a model


@contextmanager
def compared(now: datetime, far: Far = unwatched) -> Iterator[Comparison]:
    """Lists the store and reads the rows; `far` is told how far that is. Changes nothing."""
    with (
        TemporaryDirectory() as folder,
        # What is noted there is worth nothing after this, so nothing is written twice for safety.
        closing(sqlite3.connect(Path(folder) / "names", isolation_level=None)) as notes,
    ):
        notes.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {TABLES}")
        _list(notes, far)
        for place, (model, column) in enumerate(file_columns()):
            _read(notes, place, model, column, far)
        yield Comparison(notes, now - YOUNG)


def named_of(names: Iterable[str]) -> set[str]:
    """Those of the names that a row names whose file is to be there."""
    asked, found = list(names), set()
    for model, column in file_columns():
        rows = _naming(model, column).filter(**{f"{column}__in": asked})
        found |= set(rows.values_list(column, flat=True))
    return found


def names_in(database: str) -> Iterator[str]:
    """Every name of a file that a row of that database names, by its key and batch by batch."""
    for model, column in file_columns():
        for names in _names_of(_naming(model, column).using(database), column):
            yield from names


def _names_of(naming: "QuerySet[Any]", column: str) -> Iterator[list[str]]:
    """By the rows' keys and batch by batch, however many there are."""
    rows = left = naming.order_by("pk")
    while batch := list(left.values_list("pk", column)[:BATCH]):
        yield [name for _key, name in batch]
        left = rows.filter(pk__gt=batch[-1][0])


def _list(notes: sqlite3.Connection, far: Far) -> None:
    store: Any = storages["private"]
    done = 0
    for batch in _batches(store.lying()):
        notes.executemany(
            # A folder that changes while it is read may show a file twice.
            "INSERT OR IGNORE INTO lying (name, size, since) VALUES (?, ?, ?)",
            ((each.name, each.size, each.since.timestamp()) for each in batch),
        )
        done += len(batch)
        far("files listed", done, 0)


def _read(notes: sqlite3.Connection, place: int, model: type[models.Model], column: str, far: Far) -> None:
    rows = _naming(model, column)
    of, done = rows.count(), 0
    for names in _names_of(rows, column):
        for name in names:
            marked = notes.execute("UPDATE lying SET named = 1 WHERE name = ?", [name])
            if not marked.rowcount:
                notes.execute("INSERT INTO gone VALUES (?, ?)", [place, name])
        done += len(names)
        far(f"{model._meta.label}.{column}", done, max(of, done))  # noqa: SLF001 - as above


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _naming(model: type[models.Model], column: str) -> "QuerySet[Any]":
    """The rows that name a file; one whose file was erased keeps its name."""
    rows: QuerySet[Any] = QuerySet(model).exclude(**{column: ""})
    erased = any(field.name == "erased_at" for field in model._meta.concrete_fields)  # noqa: SLF001 - as above
    return rows.filter(erased_at=None) if erased else rows
