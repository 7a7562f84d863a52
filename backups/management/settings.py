"""What the commands need of the settings, and how they end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from backups.folder import BackupError, backups


def needed() -> tuple[Path, str]:
    """The folder of the backups, and the URL of who reads all rows."""
    if connection.vendor != "postgresql":
        raise CommandError("The database is SQLite: stop the portal and copy VAR_DIR instead.")
    if not settings.BACKUP_DIR:
        raise CommandError("BACKUP_DIR is empty: it says where backups lie.")
    if not settings.BACKUP_DATABASE_URL:
        raise CommandError("BACKUP_DATABASE_URL is empty: it logs in as portal_backup, who reads all rows.")
    return Path(settings.BACKUP_DIR), settings.BACKUP_DATABASE_URL


def chosen(place: Path, name: str | None) -> Path:
    """Raises BackupError."""
    if name:
        return place / Path(name).name
    found = backups(place)
    if not found:
        raise BackupError(f"There is no backup in {place}.")
    return found[0]


@contextmanager
def refusals() -> Iterator[None]:
    try:
        yield
    except BackupError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        # Such as a disk that is full.
        raise CommandError(f"{error.filename or 'The disk'}: {error.strerror}.") from error
