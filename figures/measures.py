"""What is counted, and how: each measure is one question to the database, whatever the number of cases.

Days are those of Istanbul. An application that is counted belongs to its company's partner.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from math import ceil
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from correspondence.incoming.decisions import WAITING
from correspondence.models import Letter, LetterStatus, Mail, MailStatus
from figures.models import Measure
from journal.models import Entry, Event
from journal.parties import Party
from onboarding.gate import Route
from onboarding.models import Application, Closing, StepRecord
from onboarding.steps import STEPS

OPENED, CLOSED, SHORT = "opened", "closed", "short"  # keys of the funnel beside the steps'
UNREAD = "unread"
# What leads from one turn to the next.
_TOLD = (Event.OPENED, Event.MOVED, Event.UNDONE, Event.FINISHED, Event.CLOSED)
_ACTS = (Event.MOVED, Event.UNDONE, Event.MAIL_HANDLED, Event.WRITTEN_TO)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` on, without `end`."""

    first: date
    end: date

    def of(self, column: str) -> Q:
        begins, ends = (timezone.make_aware(datetime.combine(day, time.min)) for day in (self.first, self.end))
        return Q(**{f"{column}__gte": begins, f"{column}__lt": ends})


@dataclass(frozen=True, slots=True)
class Row:
    partner: int | None
    measure: Measure
    day: date
    key: str
    count: int
    seconds: int = 0
    median: int | None = None
    p90: int | None = None


def funnel(span: Span) -> Iterator[Row]:
    """Of the applications that were opened on each day: how many there are, and have ever finished each step."""
    opened = Application.objects.filter(span.of("opened_at")).annotate(day=_day("opened_at")).order_by()
    full = Q(route=Route.FULL)
    counts = opened.values("company__partner", "day").annotate(
        opened=Count("pk", filter=full),
        # What another route replaced goes on as another application.
        closed=Count("pk", filter=full & Q(closed_at__isnull=False) & ~Q(closing=Closing.REPLACED)),
        short=Count("pk", filter=~full),
    )
    for each in counts:
        for key, count in ((OPENED, each["opened"]), (CLOSED, each["closed"]), (SHORT, each["short"])):
            yield Row(each["company__partner"], Measure.FUNNEL, each["day"], key, count)
    finished = _finishing(span.first).filter(
        span.of("company__applications__opened_at"),
        company__applications__pk=F("application_id"),
        company__applications__route=Route.FULL,
    )
    passed = finished.annotate(day=_day("company__applications__opened_at")).order_by()
    steps = passed.values("company__partner", "day", "step_key").annotate(
        count=Count("application_id", distinct=True)
    )
    for step in steps:
        yield Row(step["company__partner"], Measure.FUNNEL, step["day"], step["step_key"], step["count"])


def times(month: Span) -> Iterator[Row]:
    """How long the steps took that were finished in the month: from when each became the one to act on."""
    before = _before().filter(
        ~Q(step_key=OuterRef("step_key")) | Q(event=Event.MOVED, data__before__turn="")  # opened anew
    )
    ended = _finishing(month.first).filter(month.of("at")).annotate(began=Subquery(before.values("at")[:1]))
    rows = ended.order_by().values_list("company__partner", "step_key", "began", "at")
    taken: dict[tuple[int | None, str], array[float]] = defaultdict(lambda: array("d"))
    for partner, step, began, at in rows.iterator():
        if began is not None:
            for whose in (partner, None):
                taken[whose, step].append((at - began).total_seconds())
    for (whose, step), seconds in taken.items():
        ordered = sorted(seconds)
        half, most = (round(ordered[ceil(share * len(ordered)) - 1]) for share in (0.5, 0.9))
        yield Row(whose, Measure.TIME, month.first, step, len(ordered), round(sum(ordered)), half, most)


def waits(span: Span) -> Iterator[Row]:
    """How long each party was waited for in each step, by the day on which the waiting ended."""
    moves = Entry.objects.filter(span.of("at"), event=Event.MOVED, data__before__turn__in=[*Party])
    ended = moves.annotate(
        day=_day("at"),
        turn=KT("data__before__turn"),
        lasted=ExpressionWrapper(F("at") - Subquery(_before().values("at")[:1]), output_field=DurationField()),
    )
    for each in (
        ended.order_by()
        .values("company__partner", "day", "step_key", "turn")
        .annotate(count=Count("pk"), total=Sum("lasted"))
    ):
        seconds = round(each["total"].total_seconds()) if each["total"] else 0
        key = in_step(each["step_key"], each["turn"])
        yield Row(each["company__partner"], Measure.WAIT, each["day"], key, each["count"], seconds)


def standing(today: Span) -> Iterator[Row]:
    """Whom the steps wait for now; a night that was missed cannot be counted afterwards."""
    waiting = StepRecord.objects.exclude(turn="").order_by()
    for each in waiting.values("application__company__partner", "step", "turn").annotate(count=Count("pk")):
        key = in_step(each["step"], each["turn"])
        yield Row(each["application__company__partner"], Measure.STANDING, today.first, key, each["count"])


def mails(span: Span) -> Iterator[Row]:
    """What came, by what it was read as; and what of it a person decided, or has to."""
    # Every status: so the index that begins with it is used.
    came = Mail.objects.filter(span.of("received_at"), status__in=MailStatus.values)
    counts = (
        came.annotate(day=_day("received_at"), owner=Coalesce("company__partner", "partner"))
        .order_by()
        .values("owner", "day", "kind")
        .annotate(
            count=Count("pk"), touched=Count("pk", filter=Q(decided_at__isnull=False) | Q(status__in=WAITING))
        )
    )
    for each in counts:
        key = each["kind"] or UNREAD
        yield Row(each["owner"], Measure.MAIL, each["day"], key, each["count"])
        yield Row(each["owner"], Measure.TOUCHED, each["day"], key, each["touched"])


def letters(span: Span) -> Iterator[Row]:
    went = Letter.objects.filter(span.of("sent_at"), status=LetterStatus.SENT).annotate(day=_day("sent_at"))
    for each in went.order_by().values("company__partner", "day", "audience").annotate(count=Count("pk")):
        yield Row(each["company__partner"], Measure.LETTER, each["day"], each["audience"], each["count"])


def work(month: Span) -> Iterator[Row]:
    """On how many cases each person of support acted in the month, and how often."""
    acts = Entry.objects.filter(
        month.of("at"), event__in=_ACTS, actor__isnull=False, application_id__isnull=False
    ).exclude(party=Party.COMPANY)
    for each in (
        acts.order_by()
        .values("company__partner", "actor")
        .annotate(cases=Count("application_id", distinct=True), acts=Count("pk"))
    ):
        who = str(each["actor"])
        yield Row(each["company__partner"], Measure.CASES, month.first, who, each["cases"])
        yield Row(each["company__partner"], Measure.ACTS, month.first, who, each["acts"])


def in_step(step: str, party: str) -> str:
    return f"{step}:{party}"


def _day(column: str) -> TruncDate:
    return TruncDate(column, tzinfo=timezone.get_default_timezone())


def _before() -> "QuerySet[Entry]":
    """What was told of the same application before the outer entry, newest first.

    In the order of the index of an application's entries: ordered by key, PostgreSQL walks through everybody's.
    """
    told = Entry.objects.filter(application_id=OuterRef("application_id"), pk__lt=OuterRef("pk"), event__in=_TOLD)
    return told.order_by("-at")


def _finishing(since: date) -> "QuerySet[Entry]":
    """The moves that finished a step and were not taken back. `since`: no older ones are looked for."""
    finishes = Q()
    for step in STEPS:
        done = [*step.done]
        finishes |= Q(step_key=step.key, data__state__in=done) & ~Q(data__left__in=done)
    begins = timezone.make_aware(datetime.combine(since, time.min))
    undone: list[Any] = []
    for data in Entry.objects.filter(event=Event.UNDONE, at__gte=begins).values_list("data", flat=True):
        undone += data["of"]
    return Entry.objects.filter(finishes, event=Event.MOVED).exclude(pk__in=undone)
