"""Makes a backup: the keys' own copy, the database, the files, and the look whether it can be restored.

It is made in a folder that nothing takes for a backup, which gets its name once all is well: one that was cut
short is none, and is taken away by the next run. What is older goes only after that.
"""

import fcntl
import os
import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from backups import database, files, keys, verifying
from backups.folder import DUMP, LIST, NAME, PARTIAL, BackupError, Manifest, backups, digest_of, write
from telemetry import pulses
from telemetry.progress import Far

LOCK = ".lock"
KEYS = ("SECRET_KEY", "SECRET_KEY_FALLBACKS", "FIELD_KEYS")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    folder: Path
    manifest: Manifest
    verified: verifying.Verified
    removed: int


def make(place: Path, url: str, far: Far, say: Say) -> Made:
    """Raises BackupError; then there is no new backup, and every one of before is still there."""
    with alone(place):
        say(keep_keys(place))
        partial = place / PARTIAL
        # Of a run that was ended hard.
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        try:
            manifest, verified = _filled(partial, next(iter(backups(place)), None), url, far)
            folder = place / timezone.now().strftime(NAME)
            os.sync()
            partial.rename(folder)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        pulses.mark(pulses.BACKUP)
        return Made(folder, manifest, verified, _forget_old(place))


def _filled(folder: Path, before: Path | None, url: str, far: Far) -> tuple[Manifest, verifying.Verified]:
    made_at = timezone.now().isoformat(timespec="seconds")
    far("dumping the database", 0, 0)
    database.dump(url, folder / DUMP)
    count, size = files.copy(folder, before, far)
    verified = verifying.tried(folder, url, far)
    lost = [name for name in verified.gone if storages["private"].exists(name)]
    if lost:
        raise BackupError(f"{len(lost)} files are in the store and not in the copy, the first is {lost[0]}.")
    applied = MigrationRecorder.Migration.objects.order_by("app", "name").values_list("app", "name")
    manifest = Manifest(
        made_at=made_at,
        version=_version(),
        server=database.version(url),
        migrations=[list(each) for each in applied],
        field_keys=[keys.mark(key) for key in settings.FIELD_KEYS],
        secret_key=keys.mark(settings.SECRET_KEY),
        files=count,
        size=size,
        gone=len(verified.gone),
        dump_sha256=digest_of(folder / DUMP),
        list_sha256=digest_of(folder / LIST),
    )
    write(folder, manifest, settings.FIELD_KEYS[0])
    return manifest, verified


def _version() -> str:
    """As pyproject.toml has it, which lies beside the code wherever that runs."""
    found = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return str(found["project"]["version"])


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Nobody else makes, verifies or restores a backup of this folder meanwhile. Raises BackupError."""
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (place / LOCK).open("a")
    except OSError as error:
        raise BackupError(f"BACKUP_DIR {place}: {error.strerror}.") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"Another run is at work in {place}.") from None
        yield


def keep_keys(place: Path) -> str:
    """Their copy under a passphrase, before there is anything that needs them; says where it is.

    Never in the folder of the backups, nor the other way round: who carries one away must not have both.
    """
    if not settings.BACKUP_KEYS_DIR:
        return (
            "The keys are not copied: BACKUP_KEYS_DIR is empty. Keep SECRET_KEY and FIELD_KEYS in another place."
        )
    home = Path(settings.BACKUP_KEYS_DIR).resolve()
    if home.is_relative_to(place.resolve()) or place.resolve().is_relative_to(home):
        raise BackupError("BACKUP_KEYS_DIR and BACKUP_DIR are in one another: keys do not lie beside the data.")
    if not settings.BACKUP_PASSPHRASE:
        raise BackupError("BACKUP_PASSPHRASE is empty: the copy of the keys needs one.")
    values = {name: _as_written(getattr(settings, name)) for name in KEYS}
    copy = home / keys.name_of_copy(values)
    try:
        if copy.exists():
            keys.opened_copy(copy.read_bytes(), settings.BACKUP_PASSPHRASE)
            return f"The keys lie in {copy} already."
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = copy.with_suffix(PARTIAL)
        beside.write_bytes(keys.sealed_copy(values, settings.BACKUP_PASSPHRASE))
        beside.rename(copy)
    except keys.WrongPassphrase as error:
        raise BackupError(f"{copy}: {error} Move it away, and a new one is made.") from None
    except OSError as error:
        raise BackupError(f"BACKUP_KEYS_DIR {home}: {error.strerror}.") from error
    return f"The keys are copied to {copy}."


def _as_written(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ",".join(value)


def _forget_old(place: Path) -> int:
    old = backups(place)[settings.BACKUP_KEEP :]
    for each in old:
        shutil.rmtree(each)
    return len(old)
