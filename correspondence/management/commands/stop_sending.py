from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from correspondence.models import SendingHold
from correspondence.outgoing import control, restored
from documents.encrypted import StoreAway


class Command(BaseCommand):
    help = (
        "Stops all letters of the whole installation, codes too, until resume_sending. They are written and kept. "
        "May be run again: what is stopped stays stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reason", help="shown to staff on every page, so a Turkish sentence")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if restored.noticed():
                self.stdout.write("This database was loaded from a backup.")
        except StoreAway as error:
            # Stopping must not wait for a store; whoever resumes is told.
            self.stderr.write(f"The file store cannot be asked ({error}); sending is stopped all the same.")
        if SendingHold.objects.filter(partner=None, target="", lifted_at=None).exists():
            self.stdout.write("All sending is stopped already.")
            return
        try:
            control.hold_sending(partner=None, target="", reason=options["reason"], by=None)
        except control.NotNow as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("All sending is stopped. A letter that is at the mail server just now may still go.")
