from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from backups import verifying
from backups.folder import BackupError, read
from backups.making import alone
from backups.management.settings import chosen, needed, refusals
from telemetry.progress import Progress


class Command(BaseCommand):
    help = (
        "Reads a backup to its end, loads it into a database that is thrown away, and decrypts rows and files "
        "of it. Changes nothing and may be run again. Exit status: 0 it can be restored, 1 it cannot, 130 stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="its folder in BACKUP_DIR; the newest, if none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        place, url = needed()
        with refusals(), Progress(self.stdout, again="Run it again.") as progress, alone(place):
            folder = chosen(place, options["name"])
            manifest = read(folder, settings.FIELD_KEYS)
            verifying.whole(folder, manifest)
            found = verifying.tried(folder, url, progress.at)
            if len(found.gone) != manifest.gone:
                raise BackupError(f"{len(found.gone)} rows name a file that it lacks; it said {manifest.gone}.")
        self.stdout.write(
            f"{folder.name} of {manifest.made_at} can be restored: {manifest.files} files are whole. "
            f"Decrypted: rows of {found.rows} encrypted tables, {found.files} kinds of files."
        )
