"""What waits for a member of staff, by mail on business mornings: once a day, never twice."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from correspondence.incoming import decisions
from correspondence.models import Letter, Mail
from correspondence.outgoing import outbox
from journal.parties import Party
from onboarding.business_days import is_business_day
from onboarding.models import DayException, NoteMention, Snooze, StepRecord
from partners.models import Partner
from tenancy.models import StaffNotices, User
from tenancy.walls import of_partner

MORNING_HOURS = 3
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
    put_off = Snooze.objects.in_force(timezone.localdate()).filter(application=OuterRef("application"))
    waiting = StepRecord.objects.filter(Q(turn=Party.STAFF) | Q(flagged_at__isnull=False)).exclude(Exists(put_off))
    steps = of_partner(user, waiting, "application__company__partner").select_related("application__company")
    mails = decisions.seen_by(user, Mail.objects.filter(status__in=decisions.WAITING)).select_related("company")
    notes = NoteMention.objects.waiting_for(user)
    return Queue(
        list(steps.order_by("since")[:LISTED]),
        steps.count(),
        list(mails.order_by("received_at")[:LISTED]),
        mails.count(),
        list(notes[:LISTED]),
        notes.count(),
    )


def send_due(*, now: datetime | None = None) -> int:
    """Posts today's digests in the first hours of the office, where something waits; returns how many."""
    local = timezone.localtime(now)
    opens = settings.REMINDER_HOURS[0].hour
    if (
        not is_business_day(local.date(), DayException.objects.by_day())
        or not opens <= local.hour < opens + MORNING_HOURS
    ):
        return 0
    people = User.objects.filter(is_staff=True, is_active=True).exclude(staff_notices=StaffNotices.NONE)
    slot = local.date().isoformat()
    return sum(_send(user, slot) for user in people.select_related("partner"))


def _send(user: User, slot: str) -> bool:
    idempotency_key = f"digest:{user.pk}:{slot}"
    if Letter.objects.filter(idempotency_key=idempotency_key).exists():
        return False
    queue = queue_of(user)
    if not queue.count:
        return False
    partner = user.partner or Partner.objects.filter(is_default=True).first()
    body = outbox.render(template="staff_digest", context={"queue": queue, "user": user, "partner": partner})
    try:
        with transaction.atomic():
            outbox.post_account(
                to=user.email, from_name=str(partner or "Portal"), body=body, idempotency_key=idempotency_key
            )
    except IntegrityError:
        return False  # another scheduler was faster
    return True
