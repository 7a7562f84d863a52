"""News: letters of an application that ask their readers for nothing, and give way to what is newer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from correspondence.models import Audience, Letter, LetterStatus

# A cause that begins so is news.
NEWS = "news:"
RESTS = timedelta(minutes=5)  # before it goes, in case something newer makes it needless


def due_at(cause: str, now: datetime) -> datetime:
    return now + RESTS if cause.startswith(NEWS) else now


def supersede(*, application_id: UUID, readers: Sequence[str], why: str) -> None:
    """Ends news of the application that nobody was sent yet, and that has no reader but these, who get a newer
    letter."""
    waiting = Letter.objects.filter(
        application_id=application_id,
        audience=Audience.COMPANY,
        message_group__startswith=NEWS,
        status__in=(LetterStatus.QUEUED, LetterStatus.HELD),
    )
    needless = [key for key, to in waiting.values_list("pk", "to") if {*to} <= {*readers}]
    if needless:
        # Only those that still wait: another process may be sending one by now.
        still = waiting.filter(pk__in=needless)
        still.end(LetterStatus.CANCELLED, smtp_answer=why, outcome_handled_at=timezone.now())
