from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from onboarding import reminders


class Command(BaseCommand):
    help = "Posts the reminders that are due; --dry-run says who would get what and why, and posts nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say who would be reminded")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            found = list(reminders.due(timezone.now()))
            for each in found:
                company = each.record.onboarding.company
                self.stdout.write(f"{company}: {each.record.definition.title} — {each.why}")
            self.stdout.write(f"{len(found)} hatırlatma gönderilecekti (deneme: hiçbiri gönderilmedi).")
            return
        self.stdout.write(f"{reminders.send_due()} hatırlatma sıraya kondu.")
