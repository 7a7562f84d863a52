"""What a document was read to say: reading it, and keeping that beside it."""

import json

from documents.inspection import Inspected
from documents.intake import caps
from documents.models import Document, PaperReading
from documents.reading import asking
from documents.reading.papers import Found, Ours, Outcome, Paper, Reading


def read(found: Inspected, ours: Ours) -> Reading:
    """To be called outside of a transaction: it waits for another process."""
    return asking.read(found.payload, found.content_type, ours, caps=caps())


def keep(document: Document, reading: Reading) -> None:
    content = {
        "found": [[each.field, each.value, each.page] for each in reading.found],
        "unclear": reading.unclear,
        "other_number": reading.other_number,
        "seen": sorted(reading.seen),
        "mentioned": sorted(reading.mentioned),
    }
    PaperReading.objects.update_or_create(
        document=document,
        defaults={
            "paper": reading.paper,
            "outcome": reading.outcome,
            "content": json.dumps(content, ensure_ascii=False),
        },
    )


def understood(kept: PaperReading) -> Reading:
    content = json.loads(kept.content)
    return Reading(
        paper=Paper(kept.paper),
        outcome=Outcome(kept.outcome),
        found=tuple(Found(*each) for each in content["found"]),
        unclear=tuple(content["unclear"]),
        other_number=content["other_number"],
        seen=frozenset(map(Paper, content["seen"])),
        mentioned=frozenset(map(Paper, content["mentioned"])),
    )
