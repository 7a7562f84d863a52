"""Loads a backup: files first, then the database, whose rows then name nothing that is not there.

The database is replaced in one transaction, at the end of which all sending is stopped: letters that went after
the backup are queued in it, and no worker may see them before somebody has looked (`replay_after_restore`).
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from backups import database, files, keys, verifying
from backups.folder import DUMP, BackupError, Manifest, read
from backups.making import alone
from correspondence.outgoing.restored import STOPPED
from telemetry.progress import Far


@dataclass(frozen=True, slots=True)
class Restored:
    put_back: int
    made_at: str
    same_secret: bool
    to_migrate: int


def restore(folder: Path, url: str, far: Far, *, replace: bool) -> Restored:
    """Raises BackupError; then the database is as it was. Files that were put back meanwhile do no harm."""
    with alone(folder.parent):
        manifest = read(folder, settings.FIELD_KEYS)
        verifying.whole(folder, manifest)
        to_migrate = _to_migrate(manifest)
        connections.close_all()
        if database.has_tables(url) and not replace:
            raise BackupError("The database has tables. --replace takes them away, with all that is in them.")
        if database.is_used(url):
            raise BackupError("Somebody is connected to the database: stop web servers, workers and beat first.")
        count = files.put_back(folder, far)
        far("loading the database", 0, 0)
        database.load(url, folder / DUMP, STOPPED)
        same = manifest.secret_key == keys.mark(settings.SECRET_KEY)
        return Restored(count, manifest.made_at, same, to_migrate)


def _to_migrate(manifest: Manifest) -> int:
    """How many migrations it lacks. Raises BackupError for one that has some of a newer version."""
    known = set(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)
    apps = {app for app, _name in known}
    # Libraries that were taken out have left theirs in old databases.
    applied = {(app, name) for app, name in manifest.migrations if app in apps}
    newer = sorted(".".join(each) for each in applied - known)
    if newer:
        raise BackupError(f"Version {manifest.version} made it, which is newer than this one: it has {newer[0]}.")
    return len(known - applied)
