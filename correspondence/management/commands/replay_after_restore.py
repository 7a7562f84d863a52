from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from correspondence import replay
from correspondence.models import Letter, SendingHold
from correspondence.server_logs import taken_over
from telemetry.progress import Progress


class Command(BaseCommand):
    help = (
        "After the database was loaded from a backup, while sending is stopped: finds the waiting letters that "
        "had gone, by their copies in the mailboxes and by the log of the mail server, and counts them as sent. "
        "What nothing proves is held for a person. May be run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--log",
            action="append",
            default=[],
            type=Path,
            help="a log of Postfix or Exim, or Message-IDs, one a line; may be given several times",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = SendingHold.objects.filter(partner=None, target="", lifted_at=None).first()
        if stopped is None:
            raise CommandError("All sending must be stopped first: manage.py stop_sending REASON.")
        logged: set[str] = set()
        for log in options["log"]:
            try:
                with log.open(encoding="utf-8", errors="replace") as lines:
                    logged |= taken_over(lines)
            except OSError as error:
                raise CommandError(f"{log}: {error.strerror}") from error
        with Progress(self.stdout, again="What was settled stays so. Run it again for the rest.") as progress:
            found = replay.look(taken_over=logged, stopped=stopped, far=progress.at)
            if not options["dry_run"]:
                for said in replay.settle(found):
                    progress.say(said, self.stderr)
        self._say(found, dry=options["dry_run"])
        if found.unread:
            raise CommandError(f"{len(found.unread)} could not be read. Run this again once they can be.")

    def _say(self, found: replay.Found, *, dry: bool) -> None:
        would = "would be " if dry else ""
        for gone in found.gone:
            self._line("gone", gone.letter)
        for letter in found.unproven:
            self._line("unproven", letter)
        for each in found.unknown:
            self.stdout.write(f"[unknown]  {each}")
        for each in found.unread:
            self.stderr.write(f"[unread]   {each}")
        self.stdout.write(
            f"{len(found.gone)} {would}counted as sent, {len(found.unproven)} {would}held for a person; "
            f"{len(found.unknown)} went of which this database knows nothing."
        )

    def _line(self, what: str, letter: Letter) -> None:
        mark = f"[{what}]"
        self.stdout.write(f"{mark:10} {letter.message_id} “{letter.subject}” ({letter.get_status_display()})")
