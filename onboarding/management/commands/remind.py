from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from onboarding.models import DayException
from onboarding.reminders import dry_run, sending
from telemetry.progress import Progress


class Command(BaseCommand):
    help = "Posts the reminders that are due; --dry-run says who would get what and why, and posts nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say who would be reminded, and who not")
        parser.add_argument("--now", action="store_true", help="outside office hours and on holidays too")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["dry_run"]:
            self._explain(now)
        elif options["now"] or self._in_office_hours(now):
            with Progress(self.stdout, again="What was posted stays. Run it again for the rest.") as progress:
                made = sending.send_due(now=now, at_any_hour=options["now"], far=progress.at)
            self.stdout.write(f"{made} hatırlatma yapıldı (mektuplar sıraya kondu).")
        else:
            self.stdout.write("Mesai dışı: hatırlatma yapılmadı. Yine de yapmak için --now kullanın.")

    def _in_office_hours(self, now: datetime) -> bool:
        return sending.in_office_hours(now, DayException.objects.by_day())

    def _explain(self, now: Any) -> None:
        counts: dict[str, int] = {}
        for line in dry_run.explain(now):
            counts[line.verdict] = counts.get(line.verdict, 0) + 1
            self.stdout.write(f"[{line.verdict}] {line.company}: {line.step} — {line.why}")
        would = counts.pop(dry_run.DUE, 0)
        others = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
        self.stdout.write(f"{would} hatırlatma gönderilecekti (deneme: hiçbiri gönderilmedi).")
        if others:
            self.stdout.write(f"Ötekiler: {others}.")
        if not self._in_office_hours(now):
            self.stdout.write("Şu an mesai dışı: zamanlayıcı bunları ilk iş saatinde gönderir.")
