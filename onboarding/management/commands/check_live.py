from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from correspondence.incoming.sources import mailboxes
from correspondence.preflight import checks
from correspondence.preflight.dns_records import Finding, Result
from onboarding.checks import standing_in_the_way

MARKS = {Result.OK: "[ok]     ", Result.MISSING: "[missing]", Result.UNASKED: "[unasked]"}
UNASKED_STATUS = 2


class Command(BaseCommand):
    help = (
        "Says what is missing before the first real letter, one sentence for each thing looked at. "
        "Exit status: 0 nothing, 1 something is missing, 2 nothing is known to be missing but something could "
        "not be asked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--send", action="store_true", help="mail a tracking address and an envelope sender")
        parser.add_argument("--wait", type=float, default=60.0, help="seconds to wait for each (60)")

    def handle(self, *args: Any, **options: Any) -> None:
        found = []
        for finding in self._findings(send=options["send"], seconds=options["wait"]):
            self.stdout.write(f"{MARKS[finding.result]} {finding.sentence}")
            found.append(finding.result)
        missing, unasked = found.count(Result.MISSING), found.count(Result.UNASKED)
        summary = f"{found.count(Result.OK)} in order, {missing} missing, {unasked} could not be asked."
        if missing or unasked:
            raise CommandError(summary, returncode=1 if missing else UNASKED_STATUS)
        self.stdout.write(summary)

    def _findings(self, *, send: bool, seconds: float) -> Iterator[Finding]:
        yield self._mode()
        yield from self._rules()
        yield from checks.dns_findings()
        yield checks.alignment_finding()
        yield checks.smtp_finding()
        ours = [mailbox for mailbox, _partner in mailboxes()]
        yield from map(checks.mailbox_finding, ours)
        if send:
            yield from checks.round_trips(ours, seconds=seconds)
        yield checks.authserv_finding()

    def _mode(self) -> Finding:
        if settings.MAIL_MODE == "live":
            return Finding(Result.OK, "MAIL_MODE is 'live'.")
        return Finding(Result.MISSING, "MAIL_MODE is 'sandbox': no letter leaves this machine.")

    def _rules(self) -> Iterator[Finding]:
        """The rules that also keep the portal from starting in live mode, asked in any mode."""
        errors = standing_in_the_way()
        yield from (Finding(Result.MISSING, error.msg) for error in errors)
        if not errors:
            yield Finding(Result.OK, "Legal texts, copy addresses, default partner and authorities are there.")
