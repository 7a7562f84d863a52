from typing import Any

from django.core.management.base import BaseCommand, CommandError

from health import doctor
from health.doctor import Mark


class Command(BaseCommand):
    help = (
        "Says what is wrong with this installation and what to do, a sentence for each thing looked at. Changes "
        "nothing and may be run again. Exit status: 0 nothing is wrong, 1 something is; what has time until real "
        "mail is marked “later” and counts for nothing."
    )
    # What they would say comes as sentences of ours.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = []
        for said in doctor.examine():
            mark = f"[{said.mark}]"
            self.stdout.write(f"{mark:8} {said.sentence}")
            if said.do:
                self.stdout.write(f"{'':8} → {said.do}")
            found.append(said.mark)
        wrong, later = found.count(Mark.WRONG), found.count(Mark.LATER)
        summary = f"{found.count(Mark.OK)} well, {wrong} wrong, {later} for later."
        if wrong:
            raise CommandError(summary)
        self.stdout.write(summary)
