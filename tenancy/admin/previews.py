"""What a page has shown of an act on many rows: that alone is done, and by one press.

What was shown goes with the page, signed: whose page it is, the act, and of each row what stood beside it. The
press is kept in the log of support's pages, with what became of each row, so that a second one finds the first.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import transaction
from django.db.models import Model

from tenancy.models import User

LIVES = timedelta(hours=12)  # how long a page that stands open may be pressed
SALT = "tenancy.admin.previews"


@dataclass(frozen=True, slots=True)
class Preview:
    """`said` has by the key of a row a digest of what stood beside it."""

    key: str
    said: Mapping[str, str]

    def has(self, pk: object, said: str) -> bool:
        """Whether the row stood on the page with these words."""
        return self.said.get(str(pk)) == digest(said)


def digest(said: str) -> str:
    return sha256(said.encode()).hexdigest()[:16]


def sealed(said: Mapping[object, str], *, act: str, by: User) -> str:
    """For a field of the page. `said` is what stands beside each row, by its key."""
    rows = {str(pk): digest(words) for pk, words in said.items()}
    page = {"key": uuid4().hex, "act": act, "by": str(by.pk), "rows": rows}
    return signing.dumps(page, salt=SALT, compress=True)


def opened(text: str, *, act: str, by: User) -> Preview | None:
    """None for what is no page of this person's for this act, or has grown old."""
    try:
        page = signing.loads(text, salt=SALT, max_age=LIVES)
    except signing.BadSignature:
        return None
    return Preview(page["key"], page["rows"]) if (page["act"], page["by"]) == (act, str(by.pk)) else None


def press(preview: Preview, *, by: User, model: type[Model], said: str) -> tuple[LogEntry, bool]:
    """The entry of the page's press, and whether this is the first. Two at once take turns by the person's row."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        pressed = LogEntry.objects.filter(user=by, object_id=preview.key).first()
        if pressed is not None:
            return pressed, False
        entry = LogEntry.objects.create(
            user=by,
            content_type=ContentType.objects.get_for_model(model),
            object_id=preview.key,
            object_repr=said[:200],
            action_flag=CHANGE,
        )
        return entry, True


def keep_outcome(entry: LogEntry, why_not: Mapping[object, str]) -> None:
    """What became of each row: empty where it was done."""
    entry.change_message = json.dumps({str(pk): why for pk, why in why_not.items()}, ensure_ascii=False)
    entry.save(update_fields=["change_message"])


def outcome_of(entry: LogEntry) -> Mapping[str, str] | None:
    """None while the first press is still at work, or was cut off."""
    if not entry.change_message:
        return None
    found: Mapping[str, str] = json.loads(entry.change_message)
    return found
