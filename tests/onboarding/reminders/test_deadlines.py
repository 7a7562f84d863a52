"""Until when support has to have acted: as the table of reminders says it, for a row and for a query alike."""

from datetime import UTC, date, datetime, timedelta

import pytest

from onboarding.business_days import business_days_between, last_start, passed_on
from onboarding.models import ReminderRule, StepRecord
from onboarding.reminders.deadlines import Deadlines
from tests.scenarios.ladder import submitted

MONDAY = date(2026, 11, 23)


def test_the_last_day_is_the_first_by_which_so_many_business_days_have_passed() -> None:
    for start in (MONDAY + timedelta(days=each) for each in range(40)):
        for waited in range(1, 6):
            last = passed_on(start, waited)
            assert business_days_between(start, last) == waited
            assert business_days_between(start, last - timedelta(days=1)) == waited - 1
            assert last_start(last, waited) >= start


@pytest.mark.django_db
class TestRules:
    def record(self, **more: object) -> StepRecord:
        record = submitted().records.get(step="pre_application")
        StepRecord.objects.filter(pk=record.pk).update(since=datetime(2026, 11, 23, 9, tzinfo=UTC), **more)
        record.refresh_from_db()
        return record

    def test_support_has_as_long_as_until_it_is_reminded(self) -> None:
        assert Deadlines.of_support().day_of(self.record()) == date(2026, 11, 25)

    def test_the_more_exact_rule_counts(self) -> None:
        rule = {"waits_for": "staff", "every": 1, "to": "staff"}
        ReminderRule.objects.create(name="a", step="pre_application", after=4, at_most=1, **rule)
        record = self.record()
        assert Deadlines.of_support().day_of(record) == date(2026, 11, 27)
        ReminderRule.objects.create(
            name="b", step="pre_application", state="submitted", after=9, at_most=0, escalate_after=1, **rule
        )
        assert Deadlines.of_support().day_of(record) == date(2026, 11, 24), "without reminders the escalation"

    @pytest.mark.parametrize("more", [{"held": True}, {"turn": "iys"}])
    def test_nobody_expects_support_to_act(self, more: dict[str, object]) -> None:
        record, deadlines = self.record(**more), Deadlines.of_support()
        assert deadlines.day_of(record) is None
        assert not StepRecord.objects.filter(deadlines.until(date(2027, 1, 1))).exists()

    def test_rows_and_query_say_the_same(self) -> None:
        rule = {"waits_for": "staff", "every": 1, "to": "staff", "at_most": 1}
        ReminderRule.objects.create(name="a", step="pre_application", after=4, **rule)
        record, deadlines = self.record(), Deadlines.of_support()
        for day in (MONDAY + timedelta(days=each) for each in range(10)):
            due = StepRecord.objects.filter(deadlines.until(day)).exists()
            assert due == (deadlines.day_of(record) <= day)  # type: ignore[operator]
