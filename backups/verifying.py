"""Whether a backup can be restored: all of it is read, its dump is loaded, and the keys open what is in it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from backups import database, files
from backups.folder import DUMP, LIST, BackupError, Manifest, digest_of, listed
from documents import readable
from documents.comparing import names_in
from telemetry.progress import Far

ALIAS = "backup"


@dataclass(frozen=True, slots=True)
class Verified:
    """`rows` of encrypted tables and `files` that were decrypted; `gone`: names of rows without a file in it."""

    rows: int
    files: int
    gone: list[str]


def whole(folder: Path, manifest: Manifest) -> None:
    """Raises BackupError when the dump or the list of files is not the one that was written."""
    for name, said in ((DUMP, manifest.dump_sha256), (LIST, manifest.list_sha256)):
        try:
            found = digest_of(folder / name)
        except OSError as error:
            raise BackupError(f"{folder / name}: {error.strerror}.") from error
        if found != said:
            raise BackupError(f"{folder / name} is damaged.")


def tried(folder: Path, url: str, far: Far) -> Verified:
    """Reads all of it, and loads the dump into a database that is thrown away. Raises BackupError."""
    files.check(folder, far)
    far("loading the dump", 0, 0)
    with database.loaded_beside(url, folder / DUMP) as parts, _connected(parts):
        looked = readable.look(using=ALIAS, opened=lambda name: files.decrypted(folder, name))
        if looked.refused:
            raise BackupError(f"FIELD_KEYS cannot read what is in it: {', '.join(looked.refused)}.")
        return Verified(looked.rows, looked.files, _gone(folder, far))


def _gone(folder: Path, far: Far) -> list[str]:
    found = []
    with listed(folder) as notes:
        for number, name in enumerate(names_in(ALIAS), 1):
            if notes.execute("SELECT 1 FROM file WHERE name = ?", [name]).fetchone() is None:
                found.append(name)
            far("rows with a file", number, 0)
    return found


@contextmanager
def _connected(parts: Mapping[str, Any]) -> Iterator[None]:
    """The database of the block by the name that Django's queries ask for it with."""
    options = {name: value for name, value in parts.items() if name.startswith("ssl")}
    connections.settings[ALIAS] = {
        **settings.DATABASES["default"],
        "NAME": parts["dbname"],
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "OPTIONS": options,
    }
    try:
        yield
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]
