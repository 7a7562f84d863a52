"""The timeline of an evidence pack: one line for a letter, which says whether it went."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from django.db.models import QuerySet

from correspondence.models import Letter, LetterStatus
from journal.models import Entry, Event

# What becomes of a letter, where no entry of its own tells it: it gave way to a newer one, or waits.
NEVER_WENT = frozenset({LetterStatus.CANCELLED, LetterStatus.FAILED})
OF_LETTERS = frozenset(
    {
        Event.LETTER_POSTED,
        Event.LETTER_SENT,
        Event.LETTER_FAILED,
        Event.LETTER_HELD,
        Event.LETTER_RELEASED,
        Event.LETTER_CANCELLED,
        Event.LETTER_DOUBTED,
    }
)


class Line(NamedTuple):
    entry: Entry
    text: str


def timeline(entries: QuerySet[Entry], hidden: Callable[[str], str]) -> Iterator[Line]:
    """`hidden` masks identity numbers. That a letter was put together is left out where it says that it went."""
    rows = list(entries.select_related("actor"))
    letters = _letters(rows)
    went = {_letter(each) for each in rows if each.event == Event.LETTER_SENT}
    for entry in rows:
        posted = entry.event == Event.LETTER_POSTED
        if posted and _letter(entry) in went:
            continue
        text = hidden(entry.text)
        if entry.event in OF_LETTERS:
            text = f"{Event(entry.event).label}: {text}"
        letter = letters.get(_letter(entry)) if posted else None
        if letter is not None and letter.status in NEVER_WENT:
            text = f"{text} – gönderilmedi: {hidden(letter.smtp_answer)}"
        yield Line(entry, text)


def _letters(entries: list[Entry]) -> Mapping[str, Letter]:
    keys = [_letter(each) for each in entries if each.event == Event.LETTER_POSTED]
    found = Letter.objects.filter(pk__in=[key for key in keys if key]).only("status", "smtp_answer")
    return {str(letter.pk): letter for letter in found}


def _letter(entry: Entry) -> str:
    return str(entry.data.get("letter", ""))
