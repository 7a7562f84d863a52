"""The journal's hash chain: what an entry's digest covers, and how the chain of a company is proved.

Each company's entries form a chain: link n holds SHA-256(link n-1 + digest of entry n), in hexadecimal. The
links are written by the database itself when a transaction commits (`journal.triggers`), so no code can forget
one and nobody waits for another's lock in the middle of a transaction.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC
from itertools import groupby

from django.db import transaction
from django.db.models import QuerySet

from journal.models import Entry, Head, Link
from telemetry.progress import Far, unwatched

CHUNK = 2000


def digest(entry: Entry) -> str:
    """SHA-256, hexadecimal, over everything that an entry says. Stays the same however the database keeps it."""
    said = [
        str(entry.company_id),
        str(entry.application_id or ""),
        entry.step_key,
        entry.event,
        entry.party,
        entry.actor_id,
        entry.text,
        entry.data,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def following(before: str, entry_digest: str) -> str:
    """The hash of the link after `before` (empty for the first)."""
    return hashlib.sha256((before + entry_digest).encode()).hexdigest()


def faults(far: Far = unwatched) -> Iterator[str]:
    """One sentence for everything in which the journal differs from its chain; nothing when it is whole.

    Entries taken from the end together with their links and the head leave no gap: that is found by a head that is
    known from outside, as each evidence pack holds one (`unknown`). `far` is told how many links were proved.
    """
    for missing in Entry.objects.filter(link=None).order_by("pk").iterator(CHUNK):
        why = "was added past the portal" if missing.digest else "was written by a version without a chain"
        yield f"Entry {missing.pk} has no link: it {why}."
    links = Link.objects.select_related("entry").order_by("company_id", "number").iterator(CHUNK)
    done, of = 0, Link.objects.count()
    heads = {head.company_id: head for head in Head.objects.all()}
    for company, chain in groupby(links, key=lambda link: link.company_id):
        number, before = 0, ""
        for link in chain:
            if link.number != number + 1:
                yield f"Company {company}: entries {number + 1} to {link.number - 1} of its chain are gone."
                before = ""
            elif link.hash != following(before, digest(link.entry)) or link.entry.company_id != company:
                yield f"Company {company}: entry {link.entry_id}, number {link.number} of its chain, was changed."
            number, before = link.number, link.hash
            done += 1
        far("entries", done, max(of, done))
        head = heads.pop(company, None)
        if head is None or (head.number, head.hash) != (number, before):
            yield f"Company {company}: its chain ends with number {number}, and its head says something else."
    for company, head in heads.items():
        yield f"Company {company}: its head counts {head.number} entries, and none is there."


def unknown(known: str) -> bool:
    """Whether a hash that an evidence pack shows as the chain's head is in no chain."""
    return not Link.objects.filter(hash=known.lower()).exists()


def seal_unsealed(entries: type[Entry] = Entry, links: type[Link] = Link, heads: type[Head] = Head) -> int:
    """Gives a digest and a link to what a version without a chain wrote; returns to how many entries.

    A migration passes its own classes of the three tables.
    """
    count = 0
    # Not by the manager of entries, which changes nothing.
    rows: QuerySet[Entry] = QuerySet(entries)
    for entry in rows.filter(link=None, digest="").order_by("pk").iterator(CHUNK):
        sealed = digest(entry)
        with transaction.atomic():
            rows.filter(pk=entry.pk).update(digest=sealed)
            heads.objects.get_or_create(company_id=entry.company_id, defaults={"number": 0, "hash": ""})
            head = heads.objects.select_for_update().get(company_id=entry.company_id)
            head.number, head.hash = head.number + 1, following(head.hash, sealed)
            head.save()
            links.objects.create(
                entry_id=entry.pk, company_id=entry.company_id, number=head.number, hash=head.hash
            )
        count += 1
    return count
