from typing import Any
from urllib.parse import urljoin

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from tenancy.models import User


class Command(BaseCommand):
    help = (
        "Makes the first account, of whoever runs the portal, and prints a link that sets its password, once. Run "
        "again for the same address it prints a new link, until a password is set. Everybody else is made staff "
        "by that person, on the page of people."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="first and last name; the address if it is left out")
        parser.add_argument("--mail", action="store_true", help="mail the link instead of printing it")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is no e-mail address.") from None
        user = self._made(email, options["name"].strip() or email)
        key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        if options["mail"]:
            context = {"user": user, "uid": key["uidb36"], "key": key["key"], "request": None}
            get_adapter().send_mail("account/email/password_reset_key", email, context)
            self.stdout.write(f"The link is on its way to {email}, if a worker and a mail server are there.")
            return
        hours = settings.PASSWORD_RESET_TIMEOUT / 3600
        link = urljoin(settings.PORTAL_URL, reverse("account_reset_password_from_key", kwargs=key))
        self.stdout.write(f"{email} sets a password here, once, within {hours:g} hours:\n{link}")

    def _made(self, email: str, name: str) -> User:
        """Raises CommandError where somebody can sign in already: a link would be a way past the door."""
        with transaction.atomic():
            running = User.objects.select_for_update().filter(is_superuser=True, is_active=True, partner=None)
            for other in running:
                if other.email.lower() != email or other.has_usable_password():
                    raise CommandError(
                        f"{other.email} runs the portal already, and makes others staff on the page of people; "
                        "who has forgotten the password asks for a new one at the log-in."
                    )
            user = running.first()
            if user is None:
                if User.objects.filter(email__iexact=email).exists():
                    raise CommandError(f"{email} has an account that is not for running the portal.")
                user = User.objects.create_superuser(email, full_name=name)
            EmailAddress.objects.get_or_create(
                user=user, email=email, defaults={"verified": True, "primary": True}
            )
        return user
