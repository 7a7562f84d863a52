"""Every file from outside, uploaded or attached to a mail, comes in here: inspected, then scanned for malware."""

from collections.abc import Sequence

from django.conf import settings

from documents.antivirus import refuse_infected
from documents.caps import Caps
from documents.inspection import Inspected, inspect, joined


def caps() -> Caps:
    """As the settings say."""
    return Caps(
        pixels=settings.UPLOAD_MAX_PIXELS,
        unpacked=settings.UPLOAD_MAX_UNPACKED_BYTES,
        objects=settings.UPLOAD_MAX_OBJECTS,
        memory=settings.INSPECTION_MEMORY_BYTES,
        seconds=settings.INSPECTION_SECONDS,
    )


def as_pdf(files: Sequence[Inspected], *, instead: int = 0) -> Inspected:
    """What goes to İYS is always a PDF: pictures become its pages, in this order; `instead` as in `joined`.
    Raises Refused."""
    return joined(
        files,
        most_kept=settings.DOCUMENT_MAX_BYTES,
        max_pages=settings.UPLOAD_MAX_PAGES,
        instead=instead,
        caps=caps(),
    )


def examine(payload: bytes, filename: str) -> Inspected:
    """A file that may be kept. Raises Refused with a Turkish sentence when it may not.

    Raises antivirus.Unchecked, a Refused, when the scanner is away: the same file may pass later.
    """
    found = inspect(
        payload,
        filename,
        max_bytes=settings.UPLOAD_MAX_BYTES,
        max_pages=settings.UPLOAD_MAX_PAGES,
        most_kept=settings.DOCUMENT_MAX_BYTES,
        caps=caps(),
    )
    # What was handed in, not what is kept: an infected picture is refused although re-encoding would clean it.
    refuse_infected(payload)
    return found
