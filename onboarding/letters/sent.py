"""Which letters were written for an application already."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from correspondence.models import Audience, Letter, LetterStatus
from journal.models import Entry


def letters_reached_iys(application_id: UUID) -> bool:
    """Whether a mail server has accepted, or is just accepting, a letter to İYS for this application."""
    return Letter.objects.filter(
        application_id=application_id,
        audience=Audience.IYS,
        status__in=(LetterStatus.SENDING, LetterStatus.SENT),
    ).exists()


def to_iys_since(application_id: UUID, moment: datetime) -> Letter | None:
    """The first letter to İYS that was written for this application after the moment."""
    later = Letter.objects.filter(application_id=application_id, audience=Audience.IYS, created_at__gt=moment)
    return later.order_by("created_at").first()


def told_of(entries: Iterable[Entry]) -> bool:
    """Whether the company was written to because of one of these moves."""
    causes = [f"{name}:{entry.pk}" for entry in entries for name in ("turn", "end")]
    return Letter.objects.filter(message_group__in=causes).exists()
