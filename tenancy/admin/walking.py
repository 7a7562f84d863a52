"""From one row to the next of those that wait, without the list in between."""

from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

M = TypeVar("M", bound=Model)


def waits(words: str) -> SafeString:
    """What a list says of a row that waits: the key `n` opens the first of these (static/js/desk.js)."""
    return format_html("<span data-waits>{}</span>", words)


def following(rows: "QuerySet[M]", since: str, place: tuple[datetime, object] | None) -> M | None:
    """The oldest row by `since` behind a place in that order, which is the time and key of another row; behind the
    last, and without a place, the first."""
    rows = rows.order_by(since, "pk")
    found = None
    if place is not None:
        at, pk = place
        found = rows.filter(Q(**{f"{since}__gt": at}) | Q(**{since: at}, pk__gt=pk)).first()
    return found or rows.first()
