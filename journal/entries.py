"""Writing into the journal: the one way in."""

import json
from collections.abc import Sequence
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
        text=text,
        party=party,
        actor=actor,
        application_id=application_id,
        step_key=step_key,
        data=data or {},
    )
    write_all([entry])
    return entry


def write_all(entries: Sequence[Entry]) -> None:
    """Adds entries in the caller's transaction, by one statement; each company's in their order."""
    for entry in entries:
        # As the column keeps it, so that its digest stays the same; the cut may make a number of what was none.
        entry.text = masked(masked(entry.text)[:2000])
        # As it comes back from the database, so that its digest stays the same.
        entry.data = json.loads(json.dumps(entry.data))
        entry.digest = digest(entry)
    # The heads of several chains are locked when the transaction commits: always in the same order, so that no
    # two writers wait for each other.
    Entry.objects.bulk_create(sorted(entries, key=lambda entry: entry.company_id))
