"""What is looked for every day in applications whose package runs: its end."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from onboarding.attention import marks
from onboarding.models import Attention, AttentionKind, Package, StepRecord
from onboarding.steps import PACKAGE_CONTRACT

CHUNK = 200


def months_later(day: date, months: int) -> date:
    """The same day of a later month (of an earlier one when `months` is negative), or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def mark_expiring(*, today: date | None = None) -> int:
    """Puts packages before staff that end within PACKAGE_WARNING_DAYS; returns how many.

    The day that staff wrote down counts, else the term of the catalogue from the confirmed payment on. A package
    of which neither is known is not marked.
    """
    today = today or timezone.localdate()
    horizon = today + timedelta(days=settings.PACKAGE_WARNING_DAYS)
    known = _running().filter(application__package_ends_on__lte=horizon)
    made = sum(_mark(record, record.application.package_ends_on) for record in known.iterator(CHUNK))
    for package in Package.objects.filter(term_months__isnull=False):
        term = package.term_months or 0
        paid_by = timezone.make_aware(datetime.combine(months_later(horizon, -term), time.max))
        ending = _running().filter(
            application__package_ends_on=None,
            application__package_choice__package=package,
            since__lte=paid_by,
        )
        made += sum(
            _mark(record, months_later(timezone.localdate(record.since), term))
            for record in ending.iterator(CHUNK)
        )
    return made


def _running() -> QuerySet[StepRecord]:
    """Packages that were paid and have no open mark about their end."""
    open_mark = Attention.objects.open().filter(record=OuterRef("pk"), kind=AttentionKind.PACKAGE_EXPIRING)
    return StepRecord.objects.filter(
        ~Exists(open_mark),
        step=PACKAGE_CONTRACT.key,
        state__in=PACKAGE_CONTRACT.done,
        application__closed_at=None,
    ).select_related("application__company")


def _mark(record: StepRecord, ends_on: date | None) -> bool:
    if ends_on is None:
        return False
    text = f"İLETİ paketinin süresi {ends_on:%d.%m.%Y} günü doluyor."
    mark = marks.raise_mark(
        record=record,
        kind=AttentionKind.PACKAGE_EXPIRING,
        idempotency_key=f"package:{ends_on.isoformat()}",
        text=text,
    )
    return mark is not None
