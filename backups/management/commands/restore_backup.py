from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from backups import restoring
from backups.management.settings import chosen, needed, refusals
from telemetry.progress import Progress

NEXT = """\
All sending is stopped. What is left to do (docs/operations.md, “Backup and restore”):
  manage.py migrate                  as the owner of the tables{migrations}
  manage.py verify_journal
  manage.py replay_after_restore --dry-run --log /var/log/mail.log
  manage.py resume_sending           once every letter that had gone is counted as sent"""


class Command(BaseCommand):
    help = (
        "Puts the files of a backup back that the store lacks, and loads its database in place of the one that "
        "is there, with all sending stopped. BACKUP_DATABASE_URL has to log in as a superuser, and nobody else "
        "may be connected. May be run again. Exit status: 0 done, 1 the database is as it was, 130 stopped."
    )
    # The tables are not there yet, or are those of another day.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="its folder in BACKUP_DIR; the newest, if none is named")
        parser.add_argument("--replace", action="store_true", help="take away the tables that are there")

    def handle(self, *args: Any, **options: Any) -> None:
        place, url = needed()
        again = "The database is as it was. Run it again."
        with refusals(), Progress(self.stdout, again=again) as progress:
            folder = chosen(place, options["name"])
            done = restoring.restore(folder, url, progress.at, replace=options["replace"])
        self.stdout.write(f"The portal is as on {done.made_at}; {done.put_back} files were put back.")
        if not done.same_secret:
            self.stdout.write(
                "SECRET_KEY is another one: everybody has to sign in anew. Put the one of then into "
                "SECRET_KEY_FALLBACKS, for links and addresses in mails that are under way."
            )
        self.stdout.write(NEXT.format(migrations=f" ({done.to_migrate} wait)" if done.to_migrate else ""))
