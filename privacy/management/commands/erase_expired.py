from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from privacy import erasing
from privacy.kinds import KINDS
from privacy.models import DataKind
from telemetry.progress import Progress


class Command(BaseCommand):
    help = (
        "Takes away personal data whose time is over, as each night's job does; --dry-run only says what would go."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            for each in erasing.due():
                kind = KINDS[DataKind(each.rule.kind)]
                later = f", {each.left} in the nights after" if each.left else ""
                told = f", {each.told} to be told of" if each.told else ""
                name = each.rule.get_kind_display()
                self.stdout.write(f"{name} ({kind.after} {each.rule.days} gün): {each.count}{later}{told}")
            return
        with Progress(
            self.stdout, again="What was erased stands in the log. Run it again for the rest."
        ) as progress:
            log = erasing.run(far=progress.at)
        for entry in log:
            rows = ", ".join(f"{table} {count}" for table, count in sorted(entry.rows.items()))
            self.stdout.write(f"{entry.get_kind_display()}: {rows}; {entry.files} files")
