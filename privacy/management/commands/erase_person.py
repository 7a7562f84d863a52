from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy.erasing import write_down
from privacy.models import DataKind
from privacy.persons import CannotBeErased, erase
from tenancy.models import User


class Command(BaseCommand):
    help = (
        "Erases a person's account at that person's wish (KVKK 7 and 11); what the law has kept names nobody then."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", required=True, help="how and when the person asked, without personal data")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError("No account has this address.")
        try:
            gone = erase(user)
        except CannotBeErased as refusal:
            raise CommandError(str(refusal)) from refusal
        entry = write_down(kind=DataKind.PERSON, gone=gone, why=options["reason"], subject=str(user.pk))
        self.stdout.write(f"Erased: {sum(entry.rows.values())} rows, {entry.files} files.")
