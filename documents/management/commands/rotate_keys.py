from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents import rotation
from documents.rotation import Failure, Far
from telemetry.progress import Progress

AGAIN = (
    "What was done stays. Run it again: it goes on from there. Keep the older keys until it has come to its end."
)


class Command(BaseCommand):
    help = (
        "Encrypts every encrypted column and every file anew with the first of FIELD_KEYS, while the portal runs; "
        "also files of an older version, which lie in clear. A run that was cut short goes on when it is started "
        "again. Afterwards the older keys may be removed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        unread, told = 0, {}
        with Progress(self.stdout, again=AGAIN) as progress:
            for said in rotation.run():
                match said:
                    case Far(name, done, of):
                        told[name] = f"{name}: {done} of {of}"
                        progress.at(name, done, of)
                    case Failure(what, why, gone):
                        unread += not gone
                        progress.say(f"{what}: {why}", self.stderr)
        self.stdout.write("\n".join(told.values()))
        if unread:
            raise CommandError(f"{unread} could not be read and are as they were. Keep the older keys.")
        self.stdout.write("Everything is encrypted with the first key; the older ones may be removed.")
