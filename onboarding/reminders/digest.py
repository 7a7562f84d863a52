"""What waits for a member of staff, by mail on business mornings: once a day, never twice."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from correspondence.incoming import decisions
from correspondence.models import Letter, Mail
from correspondence.outgoing import outbox
from journal.parties import Party
from onboarding.business_days import is_business_day
from onboarding.models import DayException, NoteMention, Snooze, StepRecord
from partners.models import Partner
from tenancy.models import User
from tenancy.notice_choices import StaffNotices
from tenancy.walls import of_partner

MORNING_HOURS = 3
LOOKED_BACK = 14  # days: no feast lasts longer
LISTED = 20  # the longest waiting; the rest is counted


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for one person: the longest waiting steps, mails and colleagues' notes, and how many there are
    in all."""

    steps: list[StepRecord]
    step_count: int
    mails: list[Mail]
    mail_count: int
    notes: list[NoteMention]
    note_count: int

    @property
    def count(self) -> int:
        return self.step_count + self.mail_count + self.note_count


def queue_of(user: User) -> Queue:
    waiting = _steps(user, timezone.localdate()).filter(Q(turn=Party.STAFF) | Q(flagged_at__isnull=False))
    steps = waiting.select_related("application__company")
    mails = _mails(user).select_related("company")
    notes = NoteMention.objects.waiting_for(user)
    return Queue(
        list(steps.order_by("since")[:LISTED]),
        steps.count(),
        list(mails.order_by("received_at")[:LISTED]),
        mails.count(),
        list(notes[:LISTED]),
        notes.count(),
    )


def _steps(user: User, day: date) -> "QuerySet[StepRecord]":
    """Those of the own partner that nobody has put off over the day."""
    put_off = Snooze.objects.in_force(day).filter(application=OuterRef("application"))
    return of_partner(user, StepRecord.objects.exclude(Exists(put_off)), "application__company__partner")


def _mails(user: User) -> "QuerySet[Mail]":
    return decisions.seen_by(user, Mail.objects.filter(status__in=decisions.WAITING))


def send_due(*, now: datetime | None = None) -> int:
    """Posts today's digests in the first hours of the office, where something waits; returns how many."""
    local = timezone.localtime(now)
    opens = settings.REMINDER_HOURS[0].hour
    if (
        not is_business_day(local.date(), DayException.objects.by_day())
        or not opens <= local.hour < opens + MORNING_HOURS
    ):
        return 0
    return sum(_send(user, local.date()) for user in _readers().select_related("partner"))


def missed(now: datetime) -> int:
    """How many people got no digest on the last morning of digests that is over, though something of theirs that
    still waits had waited by then."""
    morning = _last_morning(now)
    if morning is None:
        return 0
    found = _readers().filter(date_joined__lt=morning)
    return sum(_had_waiting(user, morning) and not _is_written(user, morning.date()) for user in found)


def _last_morning(now: datetime) -> datetime | None:
    """When it began; None where there was none for weeks."""
    exceptions, local = DayException.objects.by_day(), timezone.localtime(now)
    for days in range(LOOKED_BACK):
        day = local.date() - timedelta(days=days)
        begins = timezone.make_aware(datetime.combine(day, time(settings.REMINDER_HOURS[0].hour)))
        if is_business_day(day, exceptions) and begins + timedelta(hours=MORNING_HOURS) <= local:
            return begins
    return None


def _had_waiting(user: User, morning: datetime) -> bool:
    had = Q(turn=Party.STAFF, since__lt=morning) | Q(flagged_at__lt=morning)
    if _steps(user, morning.date()).filter(had).exists():
        return True
    return _mails(user).filter(received_at__lt=morning).exists()


def _readers() -> "QuerySet[User]":
    return User.objects.filter(is_staff=True, is_active=True).exclude(staff_notices=StaffNotices.NONE)


def _key(user: User, day: date) -> str:
    return f"digest:{user.pk}:{day.isoformat()}"


def _is_written(user: User, day: date) -> bool:
    return Letter.objects.filter(idempotency_key=_key(user, day)).exists()


def _send(user: User, day: date) -> bool:
    if _is_written(user, day):
        return False
    queue = queue_of(user)
    if not queue.count:
        return False
    partner = user.partner or Partner.objects.filter(is_default=True).first()
    body = outbox.render(template="staff_digest", context={"queue": queue, "user": user, "partner": partner})
    try:
        with transaction.atomic():
            outbox.post_account(
                to=user.email, from_name=str(partner or "Portal"), body=body, idempotency_key=_key(user, day)
            )
    except IntegrityError:
        return False  # another scheduler was faster
    return True
