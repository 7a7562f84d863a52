"""Reminders: rules as a table, one slot for each reminder, never twice for one slot.

The rows of a batch are locked (and those that another scheduler has are passed over); the slot, the letter and the
count on the row are written in one transaction. A crash leaves either all three or none.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from journal.entries import write
from journal.models import Event
from journal.parties import Party
from limits import hours
from onboarding.attention import marks
from onboarding.business_days import NONE, Exceptions, is_business_day
from onboarding.models import AttentionKind, DayException, EscalateTo, Recipient, Reminder, ReminderRule, WaitsFor
from onboarding.reminders import due, letters
from onboarding.reminders.due import Rows, Wait
from telemetry.progress import Far, unwatched

logger = logging.getLogger(__name__)
BATCH = 50  # rows that are locked, and letters that are written, in one transaction

WAITED_FOR = {
    WaitsFor.COMPANY: "{days} iş günüdür sıra firmada",
    WaitsFor.STAFF: "{days} iş günüdür sıra destek ekibinde",
    WaitsFor.IYS: "{days} iş günüdür İYS'nin yanıtı bekleniyor",
    WaitsFor.CARGO: "{days} iş günüdür taahhütnamenin kargosu bildirilmedi",
}
LETTERS = {
    Recipient.COMPANY: "reminder_to_company",
    Recipient.STAFF: "reminder_to_staff",
    Recipient.IYS: "follow_up_to_iys",
}


def in_office_hours(now: datetime, exceptions: Exceptions = NONE) -> bool:
    return is_business_day(timezone.localtime(now).date(), exceptions) and hours.is_open(now)


def waited_for(wait: Wait, now: datetime) -> str:
    return WAITED_FOR[WaitsFor(wait.rule.waits_for)].format(days=wait.waited(now))


def send_due(
    *,
    now: datetime | None = None,
    at_any_hour: bool = False,
    far: Far = unwatched,
) -> int:
    """Posts the reminders that are due and escalates what waits too long; returns how many of both. `far` is told
    how many waits were looked at.

    Outside office hours nothing is done unless `at_any_hour`. May run any number of times, and side by side.
    """
    now = now or timezone.now()
    exceptions = DayException.objects.by_day()
    if not at_any_hour and not in_office_hours(now, exceptions):
        return 0
    rules = due.active_rules()
    made = looked = 0
    for rule in rules:
        deeds = [(waiting, _remind) for waiting in due.to_remind(rule, rules, now)]
        for waiting, deed in (*deeds, (due.to_escalate(rule, rules, now), _escalate)):
            for did, rows in _drain(waiting, rule, now, exceptions, deed):
                made, looked = made + did, looked + rows
                far("waits looked at", looked, 0)
    return made


def _drain(
    waiting: Rows,
    rule: ReminderRule,
    now: datetime,
    exceptions: Exceptions,
    deed: Callable[[Wait, datetime], bool],
) -> Iterator[tuple[int, int]]:
    """Does the deed for every row, a batch in a transaction. One that fails is logged and passed over. Says after
    each batch of how many it was done, and how many there were."""
    rest = waiting
    while True:
        made = 0
        with transaction.atomic():
            locked = rest.select_for_update(skip_locked=True, of=("self", "application", "application__company"))
            batch = list(locked[:BATCH])
            for row in batch:
                try:
                    with transaction.atomic():
                        made += deed(Wait(rule, row, exceptions), now)
                except Exception:
                    logger.exception("A reminder could not be made for %s", row.application_id)
        yield made, len(batch)
        if len(batch) < BATCH:
            return
        rest = due.further(waiting, rule, batch[-1])


def _remind(wait: Wait, now: datetime) -> bool:
    if wait.is_early:
        return False
    number = wait.rule.number_due(wait.waited(now))
    _save(wait, wait.columns.reminded, number)
    if not _take(wait, number):
        return False
    kind = wait.rule.to
    name = "cargo_reminder" if (wait.rule.waits_for, kind) == ("cargo", "company") else LETTERS[Recipient(kind)]
    why = f"{waited_for(wait, now)}; {number}/{wait.rule.at_most}. hatırlatma"
    letter = letters.post(name, wait=wait, idempotency_key=f"reminder:{wait.application.pk}:{wait.slot(number)}")
    if letter is None:
        _mark(wait, f"{waited_for(wait, now)}; hatırlatma gönderilemedi, yazılacak bir adres ya da mektup yok.")
        return True
    _journal(wait, f"{why}: {wait.rule.get_to_display()}", number)
    return True


def _escalate(wait: Wait, now: datetime) -> bool:
    if wait.is_early:
        return False
    _save(wait, wait.columns.escalated, 1)
    if not _take(wait, "escalated"):
        return False
    if wait.rule.escalate_to == EscalateTo.OWNER:
        idempotency_key = f"escalation:{wait.application.pk}:{wait.slot('escalated')}"
        if letters.post("escalation_to_owner", wait=wait, idempotency_key=idempotency_key) is not None:
            _journal(wait, f"{waited_for(wait, now)}; firma sahibine yazıldı", "escalated")
            return True
    _mark(wait, f"{waited_for(wait, now)}.")
    return True


def _take(wait: Wait, number: int | str) -> bool:
    """Whether the slot was still free. Inside the transaction of what it is taken for."""
    _slot, free = Reminder.objects.get_or_create(application=wait.application, slot=wait.slot(number))
    return free


def _save(wait: Wait, column: str, value: int) -> None:
    type(wait.row).objects.filter(pk=wait.row.pk).update(**{column: value})


def _mark(wait: Wait, text: str) -> None:
    """Puts the wait before staff: in their queue and on the application, whoever's turn it is."""
    cargo = wait.rule.waits_for == WaitsFor.CARGO
    marks.raise_mark(
        record=wait.application.records.get(step=wait.step.key),
        kind=AttentionKind.CARGO_MISSING if cargo else AttentionKind.WAITS_LONG,
        idempotency_key=wait.slot("waits"),
        text=text,
    )


def _journal(wait: Wait, text: str, number: int | str) -> None:
    write(
        company=wait.application.company,
        event=Event.REMINDED,
        text=f"{wait.step.title}: {text}",
        party=Party.SYSTEM,
        application_id=wait.application.pk,
        step_key=wait.step.key,
        data={"slot": wait.slot(number), "rule": wait.rule.pk},
    )
