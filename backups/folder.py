"""One backup as it lies in its folder: a dump, a list of files, the files, and what vouches for them.

database.dump     what pg_dump wrote
files.sqlite3     name, size, day and SHA-256 of each file
files/ab/abcd…    a file as encrypted as it lies in the store, under the hash of its name
manifest.json     when, by which version, which keys it needs, hashes of the first two; sealed with FIELD_KEYS
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from backups import keys

DUMP, LIST, FILES, MANIFEST = "database.dump", "files.sqlite3", "files", "manifest.json"
NAME, NAMED = "%Y-%m-%dT%H%M%SZ", re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")
# A folder that is not whole yet: nothing takes it for a backup, and the next run takes it away.
PARTIAL = ".partial"
TABLE = "CREATE TABLE file (name TEXT PRIMARY KEY, size INTEGER, since REAL, sha256 TEXT) WITHOUT ROWID"


class BackupError(Exception):
    """Why there is no backup, or why it cannot be used, in a sentence."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`gone`: files that a row of the dump names and that were erased before they could be copied, or are lost."""

    made_at: str
    version: str
    server: str
    migrations: list[list[str]]
    field_keys: list[str]
    secret_key: str
    files: int
    size: int
    gone: int
    dump_sha256: str
    list_sha256: str


@dataclass(frozen=True, slots=True)
class Copied:
    name: str
    size: int
    since: float
    sha256: str


def place(folder: Path, name: str) -> Path:
    """By the hash of its name: whatever a store allows in a name, it is a path here."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return folder / FILES / digest[:2] / digest


@contextmanager
def listed(folder: Path, *, new: bool = False) -> Iterator[sqlite3.Connection]:
    """The list of files, which no machine holds in memory. Raises BackupError for what is none."""
    file = folder / LIST
    mode = "rwc" if new else "ro"
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode={mode}", uri=True, isolation_level=None)) as notes:
            if new:
                notes.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {TABLE}; BEGIN")
            yield notes
            if new:
                notes.execute("COMMIT")
    except sqlite3.Error as error:
        raise BackupError(f"{file} cannot be used: {error}.") from error


def files_of(notes: sqlite3.Connection) -> Iterator[Copied]:
    return (Copied(*row) for row in notes.execute("SELECT name, size, since, sha256 FROM file ORDER BY name"))


def digest(stored: IO[bytes]) -> str:
    return hashlib.file_digest(stored, "sha256").hexdigest()  # type: ignore[arg-type]


def digest_of(file: Path) -> str:
    with file.open("rb") as stored:
        return digest(stored)


def write(folder: Path, manifest: Manifest, field_key: str) -> None:
    content = json.dumps(asdict(manifest), indent=1, sort_keys=True)
    sealed = {"manifest": content, "seal": keys.seal(content.encode(), field_key)}
    (folder / MANIFEST).write_text(json.dumps(sealed, indent=1))


def read(folder: Path, field_keys: Sequence[str]) -> Manifest:
    """Raises BackupError for one that is no backup, was changed, or needs keys that are not there."""
    try:
        found: dict[str, str] = json.loads((folder / MANIFEST).read_text())
        said: dict[str, Any] = json.loads(found["manifest"])
        manifest = Manifest(**said)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{folder} is no backup: {error}.") from error
    lacking = sorted(set(manifest.field_keys) - {keys.mark(key) for key in field_keys})
    if lacking:
        raise BackupError(f"It needs keys that FIELD_KEYS has not, by their marks: {', '.join(lacking)}.")
    if not keys.is_sealed_by(found["manifest"].encode(), found["seal"], field_keys):
        raise BackupError(f"{folder / MANIFEST} was changed after the backup was made.")
    return manifest


def backups(place_of_all: Path) -> list[Path]:
    """The whole ones, the newest first: their names are their times. What else lies there is not looked into."""
    if not place_of_all.is_dir():
        return []
    named = (each for each in place_of_all.iterdir() if NAMED.fullmatch(each.name))
    return sorted((each for each in named if (each / MANIFEST).exists()), reverse=True)
