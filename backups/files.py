"""The files of the private store: into the folder of a backup, and back."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import storages

from backups.folder import BackupError, Copied, digest, digest_of, files_of, listed, place
from documents.encrypted import PIECE, DamagedFile, Lying, unsealed
from telemetry.progress import Far


def copy(folder: Path, before: Path | None, far: Far) -> tuple[int, int]:
    """Everything that the store has now; returns how many files, and their bytes.

    What is as it was at the backup `before` is not fetched again: its file is given a second name here, once its
    content was compared. So each backup is whole, and unchanged files take their room once.
    """
    store: Any = storages["private"]
    count = size = 0
    with listed(folder, new=True) as notes, listed(before) if before else nullcontext() as known:
        for lying in _asked(store.lying):
            kept = _linked(folder, before, known, lying) if before and known else None
            kept = kept or _fetched(folder, store, lying)
            if kept is not None:
                # A folder that changes while it is read may show a file twice.
                row = (kept.name, kept.size, kept.since, kept.sha256)
                notes.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", row)
                count, size = count + 1, size + kept.size
                far("files copied", count, 0)
    return count, size


def _asked(look: Callable[[], Iterator[Lying]]) -> Iterator[Lying]:
    try:
        yield from look()
    except Exception as error:
        # Each kind of store has its own errors, and all mean the same here.
        raise BackupError(f"The file store cannot be read: {type(error).__name__}: {error}") from error


def _linked(folder: Path, before: Path, known: sqlite3.Connection, lying: Lying) -> Copied | None:
    """None for what is new or was changed, and for a copy that has suffered since."""
    row = known.execute("SELECT name, size, since, sha256 FROM file WHERE name = ?", [lying.name]).fetchone()
    if row is None or (row[1], row[2]) != (lying.size, lying.since.timestamp()):
        return None
    there = place(before, lying.name)
    try:
        if digest_of(there) != row[3]:
            return None
        here = place(folder, lying.name)
        here.parent.mkdir(parents=True, exist_ok=True)
        os.link(there, here)
    except OSError:
        return None  # gone, or on a disk that gives no second names
    return Copied(*row)


def _fetched(folder: Path, store: Any, lying: Lying) -> Copied | None:
    """As it lies there; None for a file that was erased since the store was listed."""
    here = place(folder, lying.name)
    here.parent.mkdir(parents=True, exist_ok=True)
    here.unlink(missing_ok=True)
    try:
        with closing(store.stored(lying.name)) as stored, here.open("wb") as written:
            while piece := stored.read(PIECE):
                written.write(piece)
            written.flush()
            os.fsync(written.fileno())
    except FileNotFoundError:
        here.unlink(missing_ok=True)
        return None
    except Exception as error:
        raise BackupError(f"{lying.name} cannot be copied: {type(error).__name__}: {error}") from error
    return Copied(lying.name, here.stat().st_size, lying.since.timestamp(), digest_of(here))


def check(folder: Path, far: Far) -> None:
    """Raises BackupError for a file that is not as it was copied."""
    with listed(folder) as notes:
        (of,) = notes.execute("SELECT count(*) FROM file").fetchone()
        for number, kept in enumerate(files_of(notes), 1):
            opened(folder, kept).close()
            far("files read", number, of)


def opened(folder: Path, kept: Copied) -> IO[bytes]:
    """The file as it was copied. Raises BackupError for one that is not."""
    try:
        found = place(folder, kept.name).open("rb")
    except OSError as error:
        raise BackupError(f"The copy of {kept.name} is gone: {error.strerror}.") from error
    if digest(found) != kept.sha256:
        found.close()
        raise BackupError(f"The copy of {kept.name} is damaged.")
    found.seek(0)
    return found


def decrypted(folder: Path, name: str) -> Any:
    """What a copied file holds. Raises FileNotFoundError, DamagedFile."""
    return unsealed(place(folder, name).open("rb"), name)


def put_back(folder: Path, far: Far) -> int:
    """What the store lacks, or cannot give out whole; returns how many.

    What is well there stays: a name stands for one content, and the store's own copy may be under newer keys.
    """
    store: Any = storages["private"]
    count = 0
    with listed(folder) as notes:
        (of,) = notes.execute("SELECT count(*) FROM file").fetchone()
        for number, kept in enumerate(files_of(notes), 1):
            try:
                if not _is_well(store, kept.name):
                    with closing(opened(folder, kept)) as copied:
                        store.put_back(kept.name, copied)
                    count += 1
            except BackupError:
                raise
            except Exception as error:
                raise BackupError(f"{kept.name} cannot be put back: {type(error).__name__}: {error}") from error
            far("files looked at", number, of)
    return count


def _is_well(store: Any, name: str) -> bool:
    try:
        with store.open(name) as content:
            while content.read(PIECE):
                pass
    except (FileNotFoundError, DamagedFile):
        return False
    return True
