"""Going over everything that is encrypted with a new key, columns and files, while the portal runs."""

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.files.storage import storages
from django.db import DatabaseError, IntegrityError, models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from documents.encrypted import DamagedFile, is_sealed, is_sealed_anew, unsealed
from documents.models import KeyRotation
from documents.storage import file_columns
from tenancy.rotation import encrypt_anew, encrypted_models

logger = logging.getLogger(__name__)
BATCH = 100  # rows after which it is written down how far a run is


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of rows, and what is done with one of them, by its key."""

    name: str
    model: type[models.Model]
    renew: Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Far:
    name: str
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be read, and why. `gone`: there is nothing to read, so no key is needed for it either."""

    what: str
    why: str
    gone: bool = False


def run() -> Iterator[Far | Failure]:
    """Encrypts anew, from where a run that was cut short has stopped, and tells how far it is.

    Rows are locked one at a time. What cannot be read is passed over; then the next run looks at everything again,
    else this one is finished.
    """
    key = hashlib.sha256(settings.FIELD_KEYS[0].encode()).hexdigest()
    rotation, _new = KeyRotation.objects.get_or_create(key=key, finished_at=None)
    failed = False
    for part in parts():
        for said in _go_over(part, rotation):
            failed = failed or (isinstance(said, Failure) and not said.gone)
            yield said
    for said in _seal_what_no_row_names():
        failed = True
        yield said
    if failed:
        rotation.delete()
    else:
        KeyRotation.objects.filter(pk=rotation.pk).update(finished_at=timezone.now())


def parts() -> list[Part]:
    """Columns first, then files."""
    found = [Part(model._meta.label, model, partial(encrypt_anew, model)) for model in encrypted_models()]  # noqa: SLF001
    return found + [
        Part(f"{model._meta.label}.{column}", model, partial(_seal_anew, model, column))  # noqa: SLF001
        for model, column in file_columns()
    ]


def _go_over(part: Part, rotation: KeyRotation) -> Iterator[Far | Failure]:
    rows: QuerySet[Any] = QuerySet(part.model).order_by("pk")
    last = rotation.done.get(part.name)
    left = rows if last is None else rows.filter(pk__gt=last)
    of, done = rows.count(), rows.count() - left.count()
    yield Far(part.name, done, of)
    while keys := list(left.values_list("pk", flat=True)[:BATCH]):
        for key in keys:
            failure = _tried(partial(part.renew, key), f"{part.name} {key}")
            if failure is not None:
                yield failure
        rotation.done[part.name] = str(keys[-1])
        rotation.save(update_fields=["done"])
        done += len(keys)
        left = rows.filter(pk__gt=keys[-1])
        yield Far(part.name, done, of)


def _tried(renew: Callable[[], None], what: str) -> Failure | None:
    try:
        renew()
    except InvalidToken:
        return Failure(what, "none of the keys opens it")
    except FileNotFoundError:
        return Failure(what, "the file is not there", gone=True)
    except DamagedFile as error:
        return Failure(what, str(error))
    except IntegrityError:
        return Failure(what, "its number is another row's too")
    except DatabaseError:
        raise
    except Exception as error:
        # Each kind of store has its own errors; one file that cannot be had stops no other.
        logger.exception("%s could not be encrypted anew.", what)
        return Failure(what, type(error).__name__)
    return None


def _seal_anew(model: type[models.Model], column: str, key: object) -> None:
    """The row stays locked meanwhile: a file is never written again that was just erased."""
    with transaction.atomic():
        rows: QuerySet[Any] = QuerySet(model).select_for_update().filter(pk=key)
        if any(field.name == "erased_at" for field in model._meta.concrete_fields):  # noqa: SLF001
            rows = rows.filter(erased_at=None)
        name = rows.values_list(column, flat=True).first()
        if name:
            _seal(name)


def _seal(name: str) -> None:
    store: Any = storages["private"]
    with store.stored(name) as stored:
        if not is_sealed_anew(stored):
            store.save(name, unsealed(stored, name))


def _seal_what_no_row_names() -> Iterator[Failure]:
    """Files in clear that an older version has left behind; nobody reads them through the portal."""
    store: Any = storages["private"]
    for name in (each.name for each in store.lying()):
        named = any(QuerySet(model).filter(**{column: name}).exists() for model, column in file_columns())
        failure = None if named else _tried(partial(_seal_clear, name), name)
        if failure is not None and not failure.gone:
            yield failure


def _seal_clear(name: str) -> None:
    store: Any = storages["private"]
    with store.stored(name) as stored:
        clear = not is_sealed(stored)
    if clear:
        _seal(name)
