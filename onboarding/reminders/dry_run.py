"""Who would be reminded now and why, and why others would not: for the people who run the portal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from onboarding.models import ApplicationForm, DayException, ReminderMute, ReminderRule, StepRecord
from onboarding.reminders import due
from onboarding.reminders.due import Wait
from onboarding.reminders.sending import waited_for
from onboarding.steps import PRE_APPLICATION

CHUNK = 500
DUE, ESCALATED, MUTED, HELD, ENOUGH, EARLY, LATER, ANSWERED, NO_RULE = (
    "gönderilir",
    "üst kademeye çıkar",
    "mola",
    "beklemede",
    "hepsi yapıldı",
    "erken",
    "sonra",
    "yanıt var",
    "kural yok",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One wait: what the next run does about it, in one of the words above, and why."""

    company: str
    step: str
    verdict: str
    why: str


def explain(now: datetime) -> Iterator[Line]:
    """Every wait there is, by rule; rows are read in chunks. Changes nothing."""
    rules = due.active_rules()
    for rule in rules:
        yield from _of_rule(rule, rules, now)
    for record in _held().iterator(CHUNK):
        yield _line(record, HELD, record.mark_reason)
    for record in _without_rule(rules).iterator(CHUNK):
        yield _line(record, NO_RULE, "bu bekleyiş için kullanımda olan bir kural yok")


def _of_rule(rule: ReminderRule, rules: Sequence[ReminderRule], now: datetime) -> Iterator[Line]:
    waiting, exceptions = due.rows(rule, rules), DayException.objects.by_day()
    answered = frozenset(waiting.filter(due.answered(rule, now, exceptions)).values_list("pk", flat=True))
    for row in due.unmuted(waiting, now).iterator(CHUNK):
        verdict, why = _verdict(Wait(rule, row, exceptions), now)
        if verdict == DUE and row.pk in answered:
            verdict, why = ANSWERED, "İYS'nin bir e-postası karar ya da sırasını bekliyor, ya da yeni yanıtlandı"
        yield _line(row, verdict, why)
    for row in due.muted(waiting, now).iterator(CHUNK):
        mute = ReminderMute.objects.in_force(timezone.localdate(now)).get(company=row.application.company)
        why = f"{mute.until:%d.%m.%Y} gününe kadar: {mute.reason}"
        yield _line(row, MUTED, why)


def _verdict(wait: Wait, now: datetime) -> tuple[str, str]:
    rule, waited = wait.rule, wait.waited(now)
    number = rule.number_due(waited)
    if wait.is_early:
        return LATER, "taahhütnamenin aslı şimdi kargolanmayacak; günleri o zaman sayılır"
    escalated = getattr(wait.row, wait.columns.escalated)
    if wait.reminded < number:
        return DUE, f"{waited_for(wait, now)}; {number}/{rule.at_most}. hatırlatma, {rule.get_to_display()}"
    if rule.escalate_after is not None and not escalated and waited >= rule.escalate_after:
        return ESCALATED, f"{waited_for(wait, now)}; {rule.get_escalate_to_display()}"
    if number >= rule.at_most:
        return ENOUGH, f"{waited_for(wait, now)}; {wait.reminded} hatırlatma yapıldı, en çok {rule.at_most}"
    following = rule.after + number * rule.every
    return EARLY, f"{waited_for(wait, now)}; sıradaki {following}. iş gününde"


def _held() -> due.Rows:
    return StepRecord.objects.filter(held=True).exclude(turn="").select_related("application__company")


def _without_rule(rules: Sequence[ReminderRule]) -> due.Rows:
    covered = Q(pk__in=[])
    for rule in rules:
        covered |= Q(turn=rule.waits_for) & due.where(rule)
    waiting = StepRecord.objects.filter(held=False).exclude(turn__in=("", "system"))
    return waiting.exclude(covered).select_related("application__company")


def _line(row: StepRecord | ApplicationForm, verdict: str, why: str) -> Line:
    step = row.definition if isinstance(row, StepRecord) else PRE_APPLICATION
    return Line(str(row.application.company), step.title, verdict, why)
