"""Writing into the journal: the one way in."""

from uuid import UUID

from journal.models import Entry, Event
from tenancy.models import Company, User


def write(
    *,
    company: Company,
    event: Event,
    text: str,
    party: str,
    actor: User | None = None,
    application_id: UUID | None = None,
    step_key: str = "",
    data: dict[str, object] | None = None,
) -> Entry:
    """Adds one entry in the caller's transaction. `text`: a Turkish sentence without personal identifiers."""
    return Entry.objects.create(
        company=company,
        event=event,
        text=text[:2000],
        party=party,
        actor=actor,
        application_id=application_id,
        step_key=step_key,
        data=data or {},
    )
