from typing import Any

from django.core.management.base import BaseCommand

from figures import gathering
from telemetry.progress import Progress


class Command(BaseCommand):
    help = (
        "Gathers support's figures of the days that are over. The portal does so each night by itself; this is "
        "for the first time, and after nights that were missed. May be stopped and run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with Progress(self.stdout, again="What was gathered stays. Run it again for the rest.") as progress:
            days = gathering.run(far=progress.at)
        self.stdout.write(self.style.SUCCESS(f"Done: {days} days gathered."))
