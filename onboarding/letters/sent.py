"""Which letters were written for an application already."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from correspondence.models import Letter, LetterStatus
from journal.models import Entry


def letters_reached_iys(application_id: UUID) -> bool:
    """Whether a mail server has accepted, or is just accepting, a letter of this application's steps to İYS."""
    on_the_way = (LetterStatus.SENDING, LetterStatus.SENT)
    return Letter.objects.of_steps().filter(application_id=application_id, status__in=on_the_way).exists()


def to_iys_since(application_id: UUID, moment: datetime) -> Letter | None:
    """The first letter to İYS that a step of this application wrote after the moment."""
    later = Letter.objects.of_steps().filter(application_id=application_id, created_at__gt=moment)
    return later.order_by("created_at").first()


def told_of(entries: Iterable[Entry]) -> bool:
    """Whether the company was written to because of one of these moves."""
    causes = [f"{name}:{entry.pk}" for entry in entries for name in ("turn", "end")]
    return Letter.objects.filter(message_group__in=causes).exists()
