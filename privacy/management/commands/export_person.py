from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy import persons
from tenancy.models import User


class Command(BaseCommand):
    help = "Writes the ZIP with everything that is kept of one person, for an answer to who asks for it (KVKK 11)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError("No account has this address.")
        path: Path = options["file"]
        path.touch(mode=0o600, exist_ok=False)
        try:
            path.write_bytes(persons.export(user))
        except BaseException:
            path.unlink()  # an empty one would stand in the way of the next run
            raise
        self.stdout.write(f"Written to {path}, readable by you alone.")
