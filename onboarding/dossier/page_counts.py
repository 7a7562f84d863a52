"""Whether fewer pages came back signed than the portal had made; to which papers pages may be added, and of which
single ones may be changed."""

from collections.abc import Iterable

from documents.models import Document, current_of
from onboarding.dossier.signed import ELECTRONICALLY, ON_PAPER, is_outdated
from onboarding.models import Application


def lacking(current: Iterable[Document], kind: str) -> tuple[int, int] | None:
    """How many pages were made, and how many came back; None where none lack, or one of the two is not there.

    `current` are the company's documents that no other has replaced.
    """
    pages = {each.kind: each.pages or 0 for each in current if each.kind in (kind, ON_PAPER[kind])}
    made, handed_in = pages.get(ON_PAPER[kind], 0), pages.get(kind, 0)
    return (made, handed_in) if 0 < handed_in < made else None


def may_grow(application: Application, document: Document | None) -> bool:
    """Whether pages are offered to be added: somebody photographs it page by page, or some of it is missing."""
    if document is None or not (document.from_photos or document.kind in ON_PAPER):
        return False
    lacks = document.from_photos or lacking(current_of(application.company), document.kind) is not None
    return lacks and not is_outdated(application, document)


def may_change(application: Application, document: Document | None) -> bool:
    """Whether single pages of it are offered to be changed: not of what is signed as a file."""
    if document is None or document.kind in ELECTRONICALLY or (document.pages or 0) < 2:
        return False
    return not is_outdated(application, document)
