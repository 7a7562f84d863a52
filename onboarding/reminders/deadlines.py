"""Until when support has to have acted: the day of the first reminder, which the table of reminders says.

A rule that reminds nobody and only escalates says it by its day of escalation. Where no rule counts, and where a
step is held, there is no such day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from onboarding.business_days import Exceptions, business_days_between, passed_on
from onboarding.models import DayException, ReminderRule, StepRecord, WaitsFor
from onboarding.reminders import due


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Two queries, however many steps are asked about."""

    rules: Sequence[ReminderRule]
    exceptions: Exceptions

    @classmethod
    def of_support(cls) -> "Deadlines":
        rules = [rule for rule in due.active_rules() if rule.waits_for == WaitsFor.STAFF]
        return cls(rules, DayException.objects.by_day())

    def day_of(self, record: StepRecord) -> date | None:
        """The last day on which acting is in time; None when nobody expects one."""
        if record.turn != WaitsFor.STAFF or record.held:
            return None
        fitting = [
            rule for rule in self.rules if rule.step in ("", record.step) and rule.state in ("", record.state)
        ]
        exact = (rule for rule in fitting if not any(due.is_more_exact(other, rule) for other in fitting))
        days = next(map(_days, exact), None)
        return passed_on(timezone.localdate(record.since), days, self.exceptions) if days else None

    def waited(self, record: StepRecord, today: date) -> int:
        """Business days since the wait began."""
        return business_days_between(timezone.localdate(record.since), today, self.exceptions)

    def until(self, day: date) -> Q:
        """The steps whose last day is `day` or was before it."""
        found = Q(pk__lt=0)  # none; an empty list would make every other count of the same query 0
        for rule in self.rules:
            days = _days(rule)
            if not days:
                continue
            own = due.where(rule) & Q(since__lt=due.began_before(day, days, self.exceptions))
            for other in self.rules:
                if due.is_more_exact(other, rule):
                    own &= ~due.where(other)
            found |= own
        return found & Q(turn=WaitsFor.STAFF, held=False)


def _days(rule: ReminderRule) -> int | None:
    return rule.after if rule.at_most else rule.escalate_after
