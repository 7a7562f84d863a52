"""News: letters of an application that ask their readers for nothing, and give way to what is newer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from correspondence.models import Audience, Letter, LetterQuerySet, LetterStatus

# A cause that begins so is news.
NEWS = "news:"
# And news of this kind says that something was handed in: what takes its place says so too.
RECEIPT = f"{NEWS}receipt:"
RESTS = timedelta(minutes=5)  # before it goes, in case something newer makes it needless


def due_at(cause: str, now: datetime) -> datetime:
    return now + RESTS if cause.startswith(NEWS) else now


def receipts(*, application_id: UUID, readers: Sequence[str]) -> list[str]:
    """The steps, by their keys, of receipts that a newer letter to these readers takes the place of."""
    return [
        letter.step_key for letter in _needless(application_id, readers).filter(message_group__startswith=RECEIPT)
    ]


def supersede(*, application_id: UUID, readers: Sequence[str], why: str) -> None:
    """Ends news of the application that nobody was sent yet, and that has no reader but these, who get a newer
    letter."""
    # Only those that still wait: another process may be sending one by now.
    needless = _needless(application_id, readers)
    needless.end(LetterStatus.CANCELLED, smtp_answer=why, outcome_handled_at=timezone.now())


def _needless(application_id: UUID, readers: Sequence[str]) -> LetterQuerySet:
    waiting = Letter.objects.filter(
        application_id=application_id,
        audience=Audience.COMPANY,
        message_group__startswith=NEWS,
        status__in=(LetterStatus.QUEUED, LetterStatus.HELD),
    )
    needless = [key for key, to in waiting.values_list("pk", "to") if {*to} <= {*readers}]
    return waiting.filter(pk__in=needless)
