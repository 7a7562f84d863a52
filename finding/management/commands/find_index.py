from typing import Any

from django.core.management.base import BaseCommand

from finding import renewing


class Command(BaseCommand):
    help = (
        "Writes the index of the search field of support's pages anew, of every company and every mail. The "
        "portal keeps it by itself; this is for after a repair by hand. May be stopped and run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        told = {}
        for name, done, total in renewing.renew_all():
            told[name] = f"{done:,} of {total:,} {name}"
            self.stdout.write(told[name])
        self.stdout.write(self.style.SUCCESS(f"Done: {', '.join(told.values()) or 'nothing there'}."))
