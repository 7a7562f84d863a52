import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from documents import samples
from onboarding import first_data
from partners.models import Partner
from tenancy.models import Company, Membership, User
from tenancy.roles import Role

PASSWORD = "mavi-deniz-2026"  # noqa: S105 - of invented people, in sandbox mode alone


class Command(BaseCommand):
    help = "Loads what the sandbox needs: partner, packages, sample texts, demo people; may run again and again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--prepare", action="store_true", help="migrate and collect static files as well")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MAIL_MODE == "live":
            raise CommandError("Demo data are for the sandbox; MAIL_MODE is 'live'.")
        if options["prepare"]:
            call_command("migrate", verbosity=0, interactive=False)
            self._collect()
        with transaction.atomic():
            partner = self._partner()
            self._people(partner)

    def _collect(self) -> None:
        """Static files, unless they are there as they are now: compressing them takes longer than all the rest."""
        digest = hashlib.sha256()
        for finder in get_finders():
            for name, storage in finder.list(None):
                digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
        note = Path(settings.STATIC_ROOT) / ".collected"
        if not note.exists() or note.read_text() != digest.hexdigest():
            call_command("collectstatic", verbosity=0, interactive=False)
            note.write_text(digest.hexdigest())

    def _partner(self) -> Partner:
        first_data.load()
        samples.load()
        return Partner.objects.get_or_create(
            is_default=True,
            defaults={
                "name": "euromsg",
                "legal_name": "euromsg İletişim Hizmetleri A.Ş.",
                "copy_address": "iys@euromsg.com",
                "support_email": "destek@portal.example",
                "support_phone": "0850 555 01 01",
                "console_url": "https://console.euromsg.com/login",
            },
        )[0]

    def _people(self, partner: Partner) -> None:
        support = self._person("destek@portal.example", "Derya Destek", is_staff=True, partner=partner)
        support.groups.set(Group.objects.filter(name__in=first_data.GROUPS))
        self._person("isletim@portal.example", "İlke İşletim", is_staff=True, is_superuser=True)
        company, _made = Company.objects.get_or_create(
            tax_number="6140881534",
            defaults={"partner": partner, "trade_name": "Mavi Deniz Turizm Anonim Şirketi"},
        )
        for email, name, role in (
            ("yonetici@mavideniz.example", "Ada Yalın", Role.OWNER),
            ("duzenleyen@mavideniz.example", "Ege Yalın", Role.EDITOR),
            ("izleyen@mavideniz.example", "Su Yalın", Role.VIEWER),
        ):
            Membership.objects.get_or_create(
                user=self._person(email, name), company=company, defaults={"role": role}
            )

    def _person(self, email: str, name: str, **fields: Any) -> User:
        known = User.objects.filter(email=email).first()
        if known is not None:
            return known
        user = User.objects.create_user(email, PASSWORD, full_name=name, **fields)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        return user
