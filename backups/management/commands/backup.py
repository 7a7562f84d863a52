from typing import Any

from django.core.management.base import BaseCommand
from django.template.defaultfilters import filesizeformat

from backups import making
from backups.management.settings import needed, refusals
from telemetry.progress import Progress


class Command(BaseCommand):
    help = (
        "Makes a backup of database and files in BACKUP_DIR, loads it into a database that is thrown away, and "
        "only then counts it as one; all but the last BACKUP_KEEP go. May run beside the portal, and again at "
        "any time. Exit status: 0 there is a new good backup, 1 there is none, 130 it was stopped."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        place, url = needed()
        again = "There is no new backup, and the older ones are as they were. Run it again."
        with refusals(), Progress(self.stdout, again=again) as progress:
            made = making.make(place, url, progress.at, progress.say)
        kept, looked = made.manifest, made.verified
        self.stdout.write(f"{made.folder}: {kept.files} files ({filesizeformat(kept.size)}) and the database.")
        self.stdout.write(
            f"Loaded and decrypted: rows of {looked.rows} encrypted tables, {looked.files} kinds of files."
        )
        if kept.gone:
            self.stdout.write(f"{kept.gone} rows name a file that the store has not: manage.py orphan_files")
        self.stdout.write(f"It needs the keys with the marks {', '.join(kept.field_keys)}.")
        if made.removed:
            self.stdout.write(f"{made.removed} older ones are gone.")
