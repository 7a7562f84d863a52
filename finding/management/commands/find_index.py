from typing import Any

from django.core.management.base import BaseCommand

from finding import renewing
from telemetry.progress import Progress


class Command(BaseCommand):
    help = (
        "Writes the index of the search field of support's pages anew, of every company and every mail. The "
        "portal keeps it by itself; this is for after a repair by hand. May be stopped and run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        told = {}
        with Progress(self.stdout, again="What was written stays. Run it again: it writes all anew.") as progress:
            for name, done, total in renewing.renew_all():
                told[name] = f"{done:,} of {total:,} {name}"
                progress.at(name, done, total)
        self.stdout.write(self.style.SUCCESS(f"Done: {', '.join(told.values()) or 'nothing there'}."))
