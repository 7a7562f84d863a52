"""The words of a letter as they were frozen when it was posted, placeholders in the place of its secrets."""

import json

from django.core.files.storage import storages

from correspondence.models import Letter

CODE, LINK = "(kod gizlendi)", "(bağlantı gizlendi)"


def frozen_words(letter: Letter) -> dict[str, str]:
    """Its `text` and its `html`."""
    if letter.stored_name:
        with storages["private"].open(letter.stored_name) as stored:
            written = stored.read()
    else:
        written = letter.words
    words: dict[str, str] = json.loads(written)
    return words
