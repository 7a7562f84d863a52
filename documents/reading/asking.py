"""Having a file read: its words are taken out in a confined process, and understood here. PURE."""

import logging
from collections.abc import Sequence
from typing import Any

from confinement.running import Ended, run
from documents.caps import CAPS, Caps
from documents.inspection import PDF
from documents.reading.layout import pages_of
from documents.reading.papers import Ours, Outcome, Paper, Reading
from documents.reading.papers import read as understood

logger = logging.getLogger(__name__)
MOST_PAGES, MOST_WORDS, MOST_LETTERS = 500, 120_000, 200


def read(payload: bytes, content_type: str, ours: Ours, *, caps: Caps = CAPS) -> Reading:
    """What the file says of the company. A picture, and a file that cannot be opened, say nothing."""
    if content_type != PDF:
        return Reading(Paper.UNKNOWN, Outcome.NO_TEXT)
    unread = Reading(Paper.UNKNOWN, Outcome.UNREAD)
    try:
        found = run("documents.reading.page_text:words", {"payload": payload}, limits=caps.limits())
        pages = pages_of(_believed(found["pages"]))
        pictures, unnamed = [bool(each) for each in found["pictures"]], float(found["unnamed"])
    except Ended as error:
        logger.warning("A paper could not be read within its limits: %s", error)
        return unread
    except (KeyError, TypeError, ValueError):
        # The file may have taken over who answers.
        return unread
    try:
        return understood(pages, ours, pictures=pictures, unnamed=unnamed)
    except Exception as error:  # noqa: BLE001 - a paper laid out like none before stops nobody's upload
        # Without the traceback: it could show a value.
        logger.error("The words of a paper were not understood: %s", type(error).__name__)  # noqa: TRY400
        return unread


def _believed(found: Any) -> Sequence[Sequence[Sequence[object]]]:
    """The words, of which there are not too many. Raises ValueError for anything else."""
    if len(found) > MOST_PAGES or sum(map(len, found)) > MOST_WORDS:
        raise ValueError("more words than were asked for")
    return [[[str(text)[:MOST_LETTERS], *edges] for text, *edges in words] for words in found]
