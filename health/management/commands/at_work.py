from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from health import checks
from telemetry import pulses


class Command(BaseCommand):
    help = (
        "Says whether beat, a worker or the listener has shown that it is at work, by its pulse; for the health "
        "check of its container. Exit status: 0 it is, 1 it is silent. A worker is not blamed for a beat that "
        "rings no bell."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("who", choices=(pulses.BEAT, pulses.WORKER, pulses.LISTENER))

    def handle(self, *args: Any, **options: Any) -> None:
        who, known = options["who"], pulses.ages()
        silent = checks.silent(known)
        # Where nobody listens nobody is missed; its own container misses it.
        why = silent[who] or ("" if who in known else "nothing was heard of it yet")
        if why and not (who == pulses.WORKER and silent[pulses.BEAT]):
            raise CommandError(why)
        self.stdout.write(why or "at work")
