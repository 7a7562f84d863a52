from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from tenancy.rows.showing import shown


class Command(BaseCommand):
    help = "Connects as each role that is named by a database URL and shows what it gets of PostgreSQL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("urls", nargs="+", metavar="postgres://role:password@host/name")
        parser.add_argument("--company", type=UUID, help="also: what a request of this company would see")

    def handle(self, *_args: Any, **options: Any) -> None:
        for url in options["urls"]:
            for line in shown(url, options["company"]):
                self.stdout.write(line)
