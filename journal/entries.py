"""Writing into the journal: the one way in."""

import json
from uuid import UUID

from identifiers.masking import masked
from journal.chain import digest
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
    entry = Entry(
        company=company,
        event=event,
        # As the column keeps it, so that its digest stays the same; the cut may make a number of what was none.
        text=masked(masked(text)[:2000]),
        party=party,
        actor=actor,
        application_id=application_id,
        step_key=step_key,
        # As it comes back from the database, so that its digest stays the same.
        data=json.loads(json.dumps(data or {})),
    )
    entry.digest = digest(entry)
    entry.save()
    return entry
