from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents import rotation
from documents.rotation import Failure, Progress


class Command(BaseCommand):
    help = (
        "Encrypts every encrypted column and every file anew with the first of FIELD_KEYS, while the portal runs; "
        "also files of an older version, which lie in clear. A run that was cut short goes on when it is started "
        "again. Afterwards the older keys may be removed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        unread = 0
        for said in rotation.run():
            match said:
                case Progress(name, done, of):
                    self.stdout.write(f"{name}: {done} of {of}")
                case Failure(what, why, gone):
                    unread += not gone
                    self.stderr.write(f"{what}: {why}")
        if unread:
            raise CommandError(f"{unread} could not be read and are as they were. Keep the older keys.")
        self.stdout.write("Everything is encrypted with the first key; the older ones may be removed.")
