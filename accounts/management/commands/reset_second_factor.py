from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import second_factor
from tenancy.models import User


class Command(BaseCommand):
    help = (
        "Takes away a person's second factor when the phone is lost: ends the sessions, writes to the person, "
        "keeps the reason in the admin's log. Make sure first, and not by mail, that it is the person who asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody has the address {options['email']}.")
        if not options["reason"].strip():
            raise CommandError("The reason is empty.")
        count = second_factor.reset(user, reason=options["reason"].strip())
        self.stdout.write(f"{user.email}: {count} removed, all sessions ended.")
