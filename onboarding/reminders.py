"""Reminders: rules as a table, one slot for each reminder, never twice for one slot."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from journal.entries import write
from journal.models import Event
from onboarding import letters
from onboarding.business_days import business_days_between
from onboarding.machine import Party
from onboarding.models import Reminder, StepRecord


@dataclass(frozen=True, slots=True)
class Rule:
    """Whose turn is reminded of: first after how many business days, then how often, how many times."""

    name: str
    turn: Party
    after: int
    every: int
    at_most: int
    letter: str


RULES = (Rule("company_waits", Party.COMPANY, after=3, every=3, at_most=5, letter="reminder_to_company"),)


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder that is to go out, the `number`-th of its rule for this turn."""

    record: StepRecord
    rule: Rule
    number: int
    waited: int

    @property
    def slot(self) -> str:
        return f"{self.rule.name}:{self.record.step}:{self.record.since.isoformat()}:{self.number}"

    @property
    def why(self) -> str:
        return f"{self.waited} iş günüdür sıra firmada; {self.number}/{self.rule.at_most}. hatırlatma"


def due(now: datetime) -> Iterator[Due]:
    """The reminders that nobody has made yet, by the longest waiting first."""
    today = timezone.localdate(now)
    for rule in RULES:
        records = (
            StepRecord.objects.filter(turn=rule.turn, held=False, onboarding__closed_at=None)
            .select_related("onboarding__company__partner")
            .order_by("since")
        )
        for record in records.iterator(chunk_size=500):
            waited = business_days_between(timezone.localdate(record.since), today)
            if waited < rule.after:
                continue
            number = min(1 + (waited - rule.after) // rule.every, rule.at_most)
            found = Due(record, rule, number, waited)
            if not Reminder.objects.filter(onboarding=record.onboarding, slot=found.slot).exists():
                yield found


def send_due(*, now: datetime | None = None) -> int:
    """Posts the reminders that are due; returns how many. The unique slot decides between two schedulers."""
    made = 0
    for found in list(due(now or timezone.now())):
        try:
            with transaction.atomic():
                _remind(found)
        except IntegrityError:
            continue  # another scheduler took this slot
        made += 1
    return made


def _remind(found: Due) -> None:
    attempt, step = found.record.onboarding, found.record.definition
    Reminder.objects.create(onboarding=attempt, slot=found.slot)
    letters.post(found.rule.letter, onboarding=attempt, step=step, cause=f"reminder:{attempt.pk}:{found.slot}")
    write(
        company=attempt.company,
        event=Event.REMINDED,
        text=f"{step.title}: {found.why}",
        party=Party.SYSTEM,
        subject=attempt.pk,
        topic=step.key,
        data={"slot": found.slot},
    )
