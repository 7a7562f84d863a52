"""Gathering the figures, each night: the days that are over, and anew what still changes of those before.

A night that was missed is caught up by the next. What was gathered stays when what it came from is erased.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from figures import measures
from figures.measures import Row, Span
from figures.models import Figure, Gathered, Measure
from journal.models import Entry
from partners.parties import the_only_partner
from telemetry.progress import Far, unwatched

DAY = timedelta(days=1)
# How long an application is followed. Nothing of it is erased meanwhile (`least` in privacy.kinds), so that who
# gave up is not missing in the funnel.
FOLLOWED = timedelta(days=180)
SETTLES = timedelta(days=7)  # within which people take back what was done, and decide about a mail
BATCH = 1000


def run(now: datetime | None = None, far: Far = unwatched) -> int:
    """Returns how many days were gathered. May run twice, and beside itself: then there is nothing left to do."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    Gathered.objects.get_or_create(pk=1)
    done = 0
    while True:
        with transaction.atomic():
            state = Gathered.objects.select_for_update().get(pk=1)
            first = state.until or _begin(today)
            if first >= today:
                return done
            end = min(month_after(first), today)
            _gather(Span(first, end), today)
            state.until, state.at = end, now
            state.save()
        done += (end - first).days
        far("days", done, done + (today - end).days)


def month_of(day: date) -> date:
    return day.replace(day=1)


def month_after(day: date) -> date:
    return month_of(month_of(day) + 32 * DAY)


def months(span: Span) -> Iterator[Span]:
    """The whole months into which the days fall."""
    first = month_of(span.first)
    while first < span.end:
        yield Span(first, month_after(first))
        first = month_after(first)


def _begin(today: date) -> date:
    """The first day of which anything is known."""
    first = Entry.objects.order_by("pk").values_list("at", flat=True).first()
    return min(timezone.localdate(first), today) if first else today


def _gather(span: Span, today: date) -> None:
    last = span.end == today
    followed = Span(min(span.first, today - FOLLOWED), span.end) if last else span
    settling = Span(min(span.first, today - SETTLES), span.end) if last else span
    _write((Measure.FUNNEL,), followed, measures.funnel(followed))
    _write((Measure.MAIL, Measure.TOUCHED), settling, measures.mails(settling))
    _write((Measure.WAIT,), span, measures.waits(span))
    _write((Measure.LETTER,), span, measures.letters(span))
    if last:
        yesterday = Span(today - DAY, today)
        _write((Measure.STANDING,), yesterday, measures.standing(yesterday))
    for month in months(settling):
        over = Span(month.first, min(month.end, span.end))
        _write((Measure.TIME,), over, measures.times(over))
        _write((Measure.CASES, Measure.ACTS), over, measures.work(over))


def _write(which: Iterable[Measure], span: Span, rows: Iterator[Row]) -> None:
    """In place of what was written of these days before. What is nobody's is the only partner's."""
    only = the_only_partner()
    Figure.objects.filter(measure__in=which, day__gte=span.first, day__lt=span.end).delete()
    added: dict[tuple[int | None, Measure, date, str], Figure] = {}
    for row in rows:
        if not row.count:
            continue
        whose = row.partner if row.measure is Measure.TIME else row.partner or only
        figure = added.setdefault(
            (whose, row.measure, row.day, row.key),
            Figure(
                partner_id=whose, measure=row.measure, day=row.day, key=row.key, count=0,
                median=row.median, p90=row.p90,
            ),
        )  # fmt: skip
        figure.count += row.count
        figure.seconds += row.seconds
    Figure.objects.bulk_create(added.values(), batch_size=BATCH)
