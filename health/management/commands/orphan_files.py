from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from correspondence.models import SendingHold
from documents import comparing
from documents.storage import discard
from telemetry import pulses
from telemetry.progress import Progress

# The portal stops it by itself when the database was loaded from a backup.
STOPPED = (
    "All sending is stopped, as it is after a restore: what this database does not name may be of the days that "
    "it has lost. Nothing was deleted. Resume sending first."
)
AT_WORK = (
    "The portal is at work: the same content, handed in again at this very moment, would lose its file. Nothing "
    "was deleted. Stop the web servers and workers for as long as this takes."
)
REST = timedelta(minutes=1)  # without a pulse of a worker or of beat


class Command(BaseCommand):
    help = (
        "Names the files of the store that no row names and that are older than a day, and the rows whose file is "
        "gone. --delete deletes the files; after the database was loaded from a backup they may be all that is "
        "left of a day. May be stopped and run again at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--delete", action="store_true", help="delete the files that no row names")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["delete"] and SendingHold.objects.filter(partner=None, target="", lifted_at=None).exists():
            raise CommandError(STOPPED)
        if options["delete"] and _is_at_work():
            raise CommandError(AT_WORK)
        count = size = missing = 0
        with (
            Progress(self.stdout, again="What was deleted stays so. Run it again for the rest.") as progress,
            comparing.compared(timezone.now(), progress.at) as both,
        ):
            for batch in both.orphans():
                for each in batch:
                    progress.say(f"[orphan] {each.name} ({each.size:,} bytes, {each.since:%Y-%m-%d})")
                    if options["delete"]:
                        discard(each.name)
                    count, size = count + 1, size + each.size
            for gone in both.gone():
                progress.say(f"[gone]   {gone.place}: {gone.name}", self.stderr)
                missing += 1
        done = "deleted" if options["delete"] else "not named by any row"
        self.stdout.write(f"{count} files ({filesizeformat(size)}) {done}; {missing} rows whose file is gone.")


def _is_at_work() -> bool:
    ages = pulses.ages()
    return any(age is not None and age < REST for age in (ages.get(pulses.WORKER), ages.get(pulses.BEAT)))
