"""News: letters of an application that ask their readers for nothing, and give way to what is newer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q
from django.utils import timezone

from correspondence.models import Audience, Letter, LetterQuerySet, LetterStatus
from tenancy.models import Company
from tenancy.notices import people_to_tell

# A cause that begins so is news.
NEWS = "news:"
# And news of this kind says that something was handed in: what takes its place says so too.
RECEIPT = f"{NEWS}receipt:"
# Letters with these causes say how far an application has come.
TELLING = (NEWS, "turn:", "parcel:", "end:")
RESTS = timedelta(minutes=5)  # before it goes, in case something newer makes it needless
NOBODY = "Haber verilecek kimse kalmadı."


def due_at(cause: str, now: datetime) -> datetime:
    return now + RESTS if cause.startswith(NEWS) else now


@dataclass(frozen=True)
class Before:
    """What a letter that is about to be posted follows.

    `receipts` are the steps, by their keys, of receipts whose place it takes; `told_at` is when a letter that
    stays said how far the application has come, None when none did.
    """

    receipts: Sequence[str]
    told_at: datetime | None


def before(*, company: Company, application_id: UUID, readers: Sequence[str]) -> Before:
    """Of a letter to these readers."""
    needless = _needless(company, application_id, readers)
    telling = Q(*(("message_group__startswith", cause) for cause in TELLING), _connector=Q.OR)
    letters = Letter.objects.filter(telling, application_id=application_id, audience=Audience.COMPANY)
    staying = letters.exclude(status=LetterStatus.CANCELLED).exclude(pk__in=[letter.pk for letter in needless])
    return Before(
        receipts=[letter.step_key for letter in needless if letter.message_group.startswith(RECEIPT)],
        told_at=staying.aggregate(at=Max("created_at"))["at"],
    )


def supersede(*, company: Company, application_id: UUID, readers: Sequence[str], why: str) -> None:
    """Ends news of the application that nobody was sent yet, and that has no reader but these, who get a newer
    letter. Who is not to be told any more is none."""
    if needless := _needless(company, application_id, readers):
        # Only those that still wait: another process may be sending one by now.
        _end(_waiting(application_id).filter(pk__in=[letter.pk for letter in needless]), why)


def withdraw(*, application_id: UUID, why: str) -> None:
    """Ends all news of an application that has ended, or of which something was taken back."""
    _end(_waiting(application_id), why)


def ask_again(now: datetime) -> None:
    """News that is about to go goes to those alone who still are in the team and want it: it has rested."""
    resting = Letter.objects.due(now).filter(audience=Audience.COMPANY, message_group__startswith=NEWS)
    for letter in resting.exclude(company=None).select_related("company"):
        told = people_to_tell(letter.company, turn=False) if letter.company else []
        still = [each for each in letter.to if each in told]
        same = Letter.objects.filter(pk=letter.pk, status=LetterStatus.QUEUED)
        if not still:
            _end(same, NOBODY)
        elif still != letter.to:
            same.update(to=still)


def _waiting(application_id: UUID) -> LetterQuerySet:
    return Letter.objects.filter(
        application_id=application_id,
        audience=Audience.COMPANY,
        message_group__startswith=NEWS,
        status__in=(LetterStatus.QUEUED, LetterStatus.HELD),
    )


def _needless(company: Company, application_id: UUID, readers: Sequence[str]) -> list[Letter]:
    waiting = list(_waiting(application_id).only("to", "message_group", "step_key"))
    left_out = {each for letter in waiting for each in letter.to} - {*readers}
    if left_out:
        left_out &= {*people_to_tell(company, turn=False)}
    return [letter for letter in waiting if left_out.isdisjoint(letter.to)]


def _end(letters: LetterQuerySet, why: str) -> None:
    letters.end(LetterStatus.CANCELLED, smtp_answer=why, outcome_handled_at=timezone.now())
