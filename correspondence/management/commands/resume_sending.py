from typing import Any

from django.core.management.base import BaseCommand, CommandError

from correspondence.models import Letter, LetterStatus, SendingHold
from correspondence.outgoing import control


class Command(BaseCommand):
    help = (
        "Lets letters go again after stop_sending, or after the portal stopped by itself. Holds of one address or "
        "one partner stay. Refuses once when the database was loaded from a backup and nobody was told."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        hold = SendingHold.objects.filter(partner=None, target="", lifted_at=None).first()
        if hold is None:
            self.stdout.write("All sending is not stopped.")
            return
        try:
            control.lift(sending_hold=hold, by=None)
        except control.NotNow as refusal:
            raise CommandError(str(refusal)) from None
        go = Letter.objects.filter(status=LetterStatus.QUEUED).count()
        held = Letter.objects.filter(status=LetterStatus.HELD).count()
        self.stdout.write(f"Sending goes on: {go} letters go, {held} wait for a person.")
