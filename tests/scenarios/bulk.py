"""An act on many rows of one of support's lists: the page that shows what it would do, and its button."""

import html
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model
from django.test import Client


def look(client: Client, url: str, act: str, rows: Iterable[Model]) -> Any:
    """The page of an act; nothing is done by it."""
    return client.post(url, {"action": act, "_selected_action": [str(row.pk) for row in rows]}, follow=True)


def press(client: Client, url: str, page: Any, act: str, rows: Iterable[Model], **typed: str) -> Any:
    """The button of a page that `look` has opened, with what was typed on it; also of one that has no button."""
    found = re.search(r'name="preview" value="([^"]*)"', page.content.decode())
    chosen = {"action": act, "_selected_action": [str(row.pk) for row in rows]}
    preview = html.unescape(found[1]) if found else ""
    return client.post(url, {**chosen, "preview": preview, "confirmed": "1", **typed}, follow=True)


def bulk(client: Client, url: str, act: str, rows: Sequence[Model], **typed: str) -> Any:
    """The act after a look at what it would do."""
    return press(client, url, look(client, url, act, rows), act, rows, **typed)
