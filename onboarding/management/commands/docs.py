from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from onboarding.diagrams import document


class Command(BaseCommand):
    help = "Writes docs/states.md from the tables of the six steps; --check fails when it is stale."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail when stale")

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "states.md"
        if options["check"]:
            if not path.exists() or path.read_text() != document():
                raise CommandError("docs/states.md is stale: run `make docs`.")
            return
        path.parent.mkdir(exist_ok=True)
        path.write_text(document())
