from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from journal import chain
from journal.models import Head, Link
from telemetry.progress import Progress


class Command(BaseCommand):
    help = (
        "Proves that no journal entry was changed, taken away or added past the portal since it was written. "
        "Exit status 1, with a sentence for each difference, when one was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--known", action="append", default=[], metavar="HASH", help="a head that an evidence pack shows"
        )
        parser.add_argument(
            "--seal", action="store_true", help="first link what a version without a chain wrote during an upgrade"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.in_atomic_block:
            # What this very transaction has written is linked now and not when it commits.
            connection.check_constraints()
        if options["seal"]:
            self.stdout.write(f"{chain.seal_unsealed()} entries were linked.")
        with Progress(self.stdout, again="Nothing was changed. Run it again: it begins anew.") as progress:
            found = list(chain.faults(progress.at))
        found += [f"No chain has the head {known}." for known in options["known"] if chain.unknown(known)]
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"The journal differs from its chain in {len(found)} places.")
        self.stdout.write(
            f"The journal is whole: {Link.objects.count()} entries, {Head.objects.count()} companies."
        )
