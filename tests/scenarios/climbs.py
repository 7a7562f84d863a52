"""What a climb has written is kept for the tests after it, whichever module they are of.

The first test that climbs from nothing does so by the verbs. What it changed in the database and in its folder is
kept as it is, and whoever climbs the same way gets copies of it: rows in two statements where the verbs need
hundreds. Kept is only what depends on nothing else: in a transaction that has written nothing but kept climbs.
Under other settings it is another way.
"""

# ruff: noqa: S608 - the names in the statements are those of our own tables; models tell them under `_meta`.

import shutil
import time
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from django.apps import apps
from django.conf import UserSettingsHolder, settings
from django.db import connection

from journal.models import Entry

T = TypeVar("T")
Row = tuple[str, str]  # its table, and the row as PostgreSQL writes it
Way = tuple[Hashable, ...]  # the climbs from nothing, one after another

# Seconds. What waits or rests counts minutes, so nothing that a test begins with is older.
FRESH = 60.0
JOURNAL = Entry._meta.db_table


class Standing(NamedTuple):
    way: Way
    transaction: int
    written: int


@dataclass(frozen=True)
class Kept:
    gone: Sequence[Row]
    come: Sequence[Row]
    files: Path
    there: Any
    at: float


class Climbs:
    """Of one process. A database that was emptied in between begins anew (`forget`)."""

    def __init__(self) -> None:
        self._kept: dict[Way, Kept] = {}
        self._numbers = count()
        self._standing: Standing | None = None
        self._settings: object = None
        self._folder: Path | None = None

    def begin(self, folder: Path) -> None:
        """A test begins, with these files, under the settings that now hold."""
        self._standing, self._folder, self._settings = None, folder, _settings()

    def forget(self) -> None:
        self._kept.clear()

    def climb(self, name: Hashable, go: Callable[[], T]) -> T:
        """What `go` gives; done by rows that are kept where it went the same way before."""
        way = self._way()
        if way is None or self._folder is None:
            return go()
        way = (*way, (name, self._changed_settings()))
        kept = self._kept.get(way)
        if kept is None or time.monotonic() - kept.at > FRESH:
            began, before = time.monotonic(), _rows()
            there = go()
            kept = self._keep(way, began, before, _rows(), there)
        else:
            there = self._again(kept)
        # What is kept of this climb is replaced some time: then those that went on from it are others, too.
        self._standing = Standing((*way, kept.files), *_transaction())
        return there

    def _way(self) -> Way | None:
        """From nothing to where the transaction stands; None where anything else has happened in it."""
        if connection.vendor != "postgresql" or not connection.in_atomic_block:
            return None
        transaction, written = _transaction()
        if not transaction:
            return ()
        here = self._standing
        return here.way if here is not None and here[1:] == (transaction, written) else None

    def _changed_settings(self) -> frozenset[str]:
        found: list[str] = []
        layer = _settings()
        while layer is not self._settings:
            assert isinstance(layer, UserSettingsHolder), "these files were left"
            found += [f"{name}={value!r}" for name, value in vars(layer).items() if name != "default_settings"]
            layer = layer.default_settings
        return frozenset(found)

    def _keep(self, way: Way, began: float, before: Counter[Row], after: Counter[Row], there: Any) -> Kept:
        assert self._folder is not None
        files = self._folder.with_name(f"kept-{next(self._numbers)}")
        if self._folder.exists():
            shutil.copytree(self._folder, files)
        gone, come = list(before - after), list(after - before)
        self._kept[way] = kept = Kept(gone, come, files, deepcopy(there), began)
        return kept

    def _again(self, kept: Kept) -> Any:
        assert self._folder is not None
        # What triggers wrote is among what is kept, save the journal's chain: a transaction makes it at its end.
        words, values = ["SET LOCAL session_replication_role = replica"], []
        for table, rows in _by_table(kept.gone).items():
            words.append(f'DELETE FROM "{table}" AS old WHERE old::text = ANY(%s)')
            values.append(rows)
        come = _by_table(kept.come)
        for table in sorted(come, key=JOURNAL.__eq__):
            if table == JOURNAL:
                words.append("SET LOCAL session_replication_role = origin")
            columns = ", ".join(f'"{name}"' for name in _columns(table))
            taken = ", ".join(f'(new)."{name}"' for name in _columns(table))
            words.append(f'INSERT INTO "{table}" ({columns}) SELECT {taken} FROM unnest(%s::"{table}"[]) AS new')
            values.append(come[table])
        words.append("SET LOCAL session_replication_role = origin")
        with connection.cursor() as cursor:
            cursor.execute("; ".join(words), values)
        if kept.files.exists():
            shutil.copytree(kept.files, self._folder, dirs_exist_ok=True)
        return deepcopy(kept.there)


def _settings() -> object:
    """The uppermost layer of Django's settings."""
    return vars(settings)["_wrapped"]


def _transaction() -> tuple[int, int]:
    """Its number, 0 as long as it has written nothing, and how many rows it has written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0),"
            " (SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables)"
        )
        number, written = cursor.fetchone()
    return int(number), int(written)


@cache
def _tables() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    return tuple(sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)} & there))


@cache
def _columns(table: str) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
            " AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        return tuple(name for (name,) in cursor.fetchall())


def _rows() -> Counter[Row]:
    asked = " UNION ALL ".join(f"SELECT '{table}', each::text FROM \"{table}\" AS each" for table in _tables())
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return Counter(cursor.fetchall())


def _by_table(rows: Sequence[Row]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table, row in rows:
        found.setdefault(table, []).append(row)
    return found


climbs = Climbs()
