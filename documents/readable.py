"""Whether the keys open what is stored: the newest row of each encrypted table, the newest file of each kind."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cryptography.fernet import InvalidToken
from django.core.files.storage import storages
from django.db.models import QuerySet

from documents.encrypted import DamagedFile
from documents.storage import file_columns
from tenancy import identities
from tenancy.rotation import encrypted_models

Open = Callable[[str], Any]


@dataclass
class Looked:
    """How many could be read, and the models of those that no key opens. What is not there is in neither."""

    rows: int = 0
    files: int = 0
    refused: list[str] = field(default_factory=list)


def look(*, using: str = "default", opened: Open | None = None) -> Looked:
    """`using`: the database; `opened`: how a file is had by its name, from the store unless said otherwise."""
    found, opened = Looked(), opened or storages["private"].open
    for model in encrypted_models():
        columns = identities.columns(model)
        if columns:
            found.rows += _try(found, model, lambda m=model, c=columns: _values(m, using, c))  # type: ignore[misc]
    for model, column in file_columns():
        name = _newest(model, using).exclude(**{column: ""}).values_list(column, flat=True).first()
        if name:
            found.files += _try(found, model, lambda name=name: opened(name).read(1))  # type: ignore[misc]
    return found


def _newest(model: Any, using: str) -> "QuerySet[Any]":
    return QuerySet(model, using=using).order_by("-pk")


def _values(model: Any, using: str, columns: Any) -> bool:
    """Whether there was anything to be opened."""
    row = _newest(model, using).values(*columns).first()
    return any((row or {}).values())


def _try(found: Looked, model: Any, read: Callable[[], object]) -> bool:
    """A file that is gone, and a store that is away, are other findings."""
    try:
        return bool(read())
    except (InvalidToken, DamagedFile):
        found.refused.append(model._meta.label)  # noqa: SLF001 - Django's way to ask a model
    except Exception:  # noqa: BLE001, S110 - each kind of store has its own errors
        pass
    return False
