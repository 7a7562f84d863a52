"""Taking rows away with everything that hangs on them, and the files that nobody names any more.

Which tables hang on which is read from the foreign keys, so that a table which is added later is not forgotten.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import ForeignKey, Model, QuerySet

from documents.storage import file_columns
from journal import forgetting as journal_forgetting
from journal.models import Entry, Head, Link
from tenancy.models import Company

# They go by a right of their own (`journal.forgetting`).
JOURNAL = (Entry, Link, Head)
BATCH = 500


@dataclass
class Forgotten:
    """How many rows of each table went, and how many files."""

    rows: Counter[str] = field(default_factory=Counter)
    files: int = 0


def forget(rows: "QuerySet[Any]") -> Forgotten:
    """Takes the rows away, what hangs on them, and their files. What only points to them points to nothing then.

    Whether something is left that must not be without them is asked by the database when the transaction ends:
    then IntegrityError is raised and everything is as before.
    """
    gone = Forgotten()
    with transaction.atomic():
        doomed = _doomed(rows)
        names = {name for model, keys in doomed.items() for name in _files(model, keys)}
        for model, keys in doomed.items():
            _let_go(model, keys, doomed)
        if companies := doomed.get(Company, set()):
            gone.rows["journal.Entry"] += sum(journal_forgetting.forget(key) for key in companies)
        for model, keys in doomed.items():
            if model not in JOURNAL and keys:
                # Not `delete`, which asks every table in turn whether it protects.
                gone.rows[model._meta.label] += _each(model, keys, lambda part: part._raw_delete(part.db))  # noqa: SLF001
        left = names - _named(names)
        gone.files = len(left)
        transaction.on_commit(lambda: _discard(left))
    return gone


def _doomed(rows: "QuerySet[Any]") -> dict[type[Model], set[Any]]:
    """The keys of what goes, by table: the rows, and whatever cannot be without them."""
    doomed: dict[type[Model], set[Any]] = {rows.model: set(rows.values_list("pk", flat=True))}
    waiting = deque([(rows.model, doomed[rows.model])])
    while waiting:
        model, keys = waiting.popleft()
        for child, key in _hanging_on(model):
            found = {
                pk
                for part in _parts(keys)
                for pk in _all(child).filter(**{f"{key}__in": part}).values_list("pk", flat=True)
            }
            fresh = found - doomed.setdefault(child, set())
            if fresh:
                doomed[child] |= fresh
                waiting.append((child, fresh))
    return doomed


def _hanging_on(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """Tables whose rows cannot be without a row of `model`, or are a company's, with the name of the key."""
    for child in _tables():
        for each in child._meta.concrete_fields:  # noqa: SLF001 - Django's way to ask a model
            if (
                isinstance(each, ForeignKey)
                and each.related_model is model
                and (not each.null or model is Company)
            ):
                yield child, each.name


def _let_go(model: type[Model], keys: set[Any], doomed: dict[type[Model], set[Any]]) -> None:
    """Rows that stay and may be without: they point to nothing from now on."""
    for child in _tables():
        for each in child._meta.concrete_fields:  # noqa: SLF001
            if isinstance(each, ForeignKey) and each.related_model is model and each.null and model is not Company:
                for part in _parts(keys):
                    staying = (
                        _all(child).filter(**{f"{each.name}__in": part}).exclude(pk__in=doomed.get(child, ()))
                    )
                    staying.update(**{each.name: None})


def _tables() -> list[type[Model]]:
    return [model for model in apps.get_models() if not model._meta.proxy]  # noqa: SLF001


def _all(model: type[Model]) -> "QuerySet[Any]":
    """Every row, past managers that hide some or forbid to change any."""
    return QuerySet(model)


def _parts(keys: set[Any]) -> Iterator[list[Any]]:
    ordered = list(keys)
    return (ordered[at : at + BATCH] for at in range(0, len(ordered), BATCH))


def _each(model: type[Model], keys: set[Any], act: Any) -> int:
    return sum(act(_all(model).filter(pk__in=part)) for part in _parts(keys))


def _files(model: type[Model], keys: set[Any]) -> Iterator[str]:
    for each, column in file_columns():
        if each is model:
            for part in _parts(keys):
                yield from filter(None, _all(model).filter(pk__in=part).values_list(column, flat=True))


def _named(names: set[str]) -> set[str]:
    """Those that a row still names: the same content of two is one file."""
    return {
        name
        for model, column in file_columns()
        for part in _parts(names)
        for name in _all(model).filter(**{f"{column}__in": part}).values_list(column, flat=True)
    }


def _discard(names: set[str]) -> None:
    for name in names:
        storages["private"].delete(name)
