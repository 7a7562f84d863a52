from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from correspondence.incoming import decisions
from correspondence.models import MailStatus
from onboarding.mail import pipeline, reread
from onboarding.mail.labels import KINDS
from onboarding.mail.reread import Difference
from telemetry.progress import Progress

AGAIN = "What was read stays so. Run it again: it takes up the rest."


class Command(BaseCommand):
    help = (
        "Reads stored mails again by today's rules; --dry-run says what would differ and changes nothing. "
        "A mail that has moved a step is never undone by this."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be read otherwise")
        parser.add_argument(
            "--status",
            action="append",
            choices=[status.value for status in MailStatus if status is not MailStatus.NEW],
            help="which mails; may be given more than once (default: person, broken, early)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        statuses = options["status"] or [status.value for status in decisions.UNDECIDED]
        count = 0
        with Progress(self.stdout, again=AGAIN) as progress:
            for each in reread.differences(statuses, progress.at):
                count += 1
                progress.say(self._line(each, apply=not options["dry_run"]))
        if options["dry_run"]:
            self.stdout.write(f"{count} e-posta başka okunacaktı (deneme: hiçbiri değişmedi).")
            return
        pipeline.process_new()
        pipeline.apply_due()
        self.stdout.write(f"{count} e-posta başka okundu.")

    def _line(self, each: Difference, *, apply: bool) -> str:
        before = KINDS.get(each.mail.kind, "okunmadı")
        rule = each.said.rule or "kural yok"
        line = f"{each.mail.pk} “{each.mail}”: {before} → {KINDS[each.said.kind]} ({rule})"
        if not each.moves:
            return f"{line} — yapılmış olan değişmez"
        if not apply:
            return line
        after = reread.apply(each)
        return f"{line} — {MailStatus(after.status).label}: {after.status_why}"
