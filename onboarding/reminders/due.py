"""Which waits are due for a reminder or for escalation, asked in SQL: nothing here sends or changes anything.

For every rule and for every number of reminders that went out already there is one day before which a wait must
have begun to be due. So the partial indexes on (turn, reminded, since) lead straight to the due rows, however
many others wait.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from correspondence.incoming.authentication import SenderAuthentication
from correspondence.models import Letter, LetterStatus, Mail, MailStatus
from correspondence.reading.kinds import KINDS
from journal.parties import Party
from onboarding.business_days import Exceptions, business_days_between, last_start
from onboarding.dossier import parcel_due
from onboarding.gate import Route
from onboarding.machine import Step
from onboarding.models import (
    Application,
    ApplicationForm,
    ChannelChoices,
    DayException,
    Recipient,
    ReminderMute,
    ReminderRule,
    StepRecord,
    WaitsFor,
)
from onboarding.steps import PRE_APPLICATION

Rows = QuerySet[Any]
WORDS_OF_IYS = [spec.kind for spec in KINDS.values() if spec.moves and spec.said_by is Party.IYS]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a kind of wait keeps since when it lasts, how often it was reminded of, whether it was escalated."""

    since: str
    reminded: str
    escalated: str


TURN = Columns("since", "reminded", "escalated")
CARGO = Columns("cargo_awaited_since", "cargo_reminded", "cargo_escalated")


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait, the rule that it falls under, and the days that count otherwise than the calendar has them."""

    rule: ReminderRule
    row: StepRecord | ApplicationForm
    exceptions: Exceptions

    @property
    def application(self) -> Application:
        return self.row.application

    @property
    def step(self) -> Step:
        return self.row.definition if isinstance(self.row, StepRecord) else PRE_APPLICATION

    @property
    def columns(self) -> Columns:
        return columns(self.rule)

    @property
    def since(self) -> datetime:
        began: datetime = getattr(self.row, self.columns.since)
        return began

    @property
    def reminded(self) -> int:
        count: int = getattr(self.row, self.columns.reminded)
        return count

    @property
    def is_early(self) -> bool:
        """Whether the parcel that it waits for is not to be sent now."""
        is_parcel = self.rule.waits_for == WaitsFor.CARGO
        return is_parcel and parcel_due.when(self.application) is not parcel_due.When.NOW

    def waited(self, now: datetime) -> int:
        """Business days."""
        return business_days_between(timezone.localdate(self.since), timezone.localdate(now), self.exceptions)

    def slot(self, number: int | str) -> str:
        """Names a reminder of this very wait: whatever becomes of the rules, it is made once."""
        kind = "cargo" if self.rule.waits_for == WaitsFor.CARGO else self.step.key
        return f"{kind}:{self.since.isoformat()}:{number}"


def columns(rule: ReminderRule) -> Columns:
    return CARGO if rule.waits_for == WaitsFor.CARGO else TURN


def active_rules() -> list[ReminderRule]:
    return list(ReminderRule.objects.filter(active=True))


def rows(rule: ReminderRule, rules: Sequence[ReminderRule]) -> Rows:
    """All waits that fall under this rule and under no more exact one of `rules`."""
    if rule.waits_for == WaitsFor.CARGO:
        # Whoever has its İYSKod has been believed without the paper; on another way none goes to İYS.
        waiting: Rows = ApplicationForm.objects.filter(
            cargo_awaited_since__isnull=False,
            channel=ChannelChoices.MANUAL,
            application__closed_at=None,
            application__iys_code="",
            application__route=Route.FULL,
        )
    else:
        waiting = StepRecord.objects.filter(where(rule), turn=rule.waits_for, held=False)
        for other in rules:
            if is_more_exact(other, rule):
                waiting = waiting.exclude(where(other))
    return waiting.select_related("application__company__partner")


def where(rule: ReminderRule) -> Q:
    """The steps and states that the rule names."""
    found = Q(step=rule.step) if rule.step else Q()
    return found & Q(state=rule.state) if rule.state else found


def is_more_exact(other: ReminderRule, rule: ReminderRule) -> bool:
    if other.waits_for != rule.waits_for or other.pk == rule.pk:
        return False
    if not rule.step:
        return bool(other.step)
    return not rule.state and other.step == rule.step and bool(other.state)


def unmuted(waiting: Rows, now: datetime) -> Rows:
    return waiting.filter(~_muted(now))


def muted(waiting: Rows, now: datetime) -> Rows:
    return waiting.filter(_muted(now))


def _muted(now: datetime) -> Exists:
    in_force = ReminderMute.objects.in_force(timezone.localdate(now))
    return Exists(in_force.filter(company=OuterRef("application__company")))


def answered(rule: ReminderRule, now: datetime, exceptions: Exceptions) -> Q:
    """The waits that İYS is not to be asked about: what it has written, or the company brought of it, waits for
    people or for its moment; or a person has answered it less than the rule's days ago."""
    if rule.to != Recipient.IYS or rule.waits_for == WaitsFor.CARGO:
        return Q(pk__in=[])
    brought = Q(sender_authentication=SenderAuthentication.COMPANY, kind__in=WORDS_OF_IYS)
    undecided = Q(status=MailStatus.PERSON) | Q(status=MailStatus.EARLY, step_key=OuterRef("step"))
    mails = Mail.objects.filter(
        undecided,
        brought | Q(sender_authentication=SenderAuthentication.VERIFIED),
        application_id=OuterRef("application_id"),
    )
    written = Letter.objects.filter(
        application_id=OuterRef("application_id"),
        by_hand=True,
        created_at__gte=began_before(timezone.localdate(now), rule.after, exceptions),
    ).exclude(status=LetterStatus.CANCELLED)
    return Q(Exists(mails)) | Q(Exists(written))


def to_remind(rule: ReminderRule, rules: Sequence[ReminderRule], now: datetime) -> list[Rows]:
    """The waits that are due, by how many reminders they have had; the longest first."""
    exceptions = DayException.objects.by_day()
    found, waiting = columns(rule), unmuted(rows(rule, rules), now).exclude(answered(rule, now, exceptions))
    return [
        waiting.filter(
            **{
                found.reminded: made,
                f"{found.since}__lt": began_before(
                    timezone.localdate(now), rule.after + made * rule.every, exceptions
                ),
            }
        ).order_by(found.since, "pk")
        for made in range(rule.at_most)
    ]


def to_escalate(rule: ReminderRule, rules: Sequence[ReminderRule], now: datetime) -> Rows:
    found, waiting = columns(rule), unmuted(rows(rule, rules), now)
    if rule.escalate_after is None:
        return waiting.none()
    before = began_before(timezone.localdate(now), rule.escalate_after, DayException.objects.by_day())
    return waiting.filter(**{found.escalated: False, f"{found.since}__lt": before}).order_by(found.since, "pk")


def began_before(today: date, waited: int, exceptions: Exceptions) -> datetime:
    """Midnight after the last day of which `waited` business days have passed by `today`."""
    day = last_start(today, waited, exceptions) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))


def further(waiting: Rows, rule: ReminderRule, last: StepRecord | ApplicationForm) -> Rows:
    """What comes after `last` in the order of `to_remind` and `to_escalate`."""
    since = columns(rule).since
    began = getattr(last, since)
    return waiting.filter(Q(**{f"{since}__gt": began}) | Q(**{since: began, "pk__gt": last.pk}))
