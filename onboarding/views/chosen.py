"""The files that a form brings: those that were chosen just now, and those that were kept when they were chosen.

Several photos are the pages of one PDF, in the form's order. A file is kept from the moment it was chosen, so that
nothing is lost when another field is wrong, a page is left or a session ends.
"""

from dataclasses import dataclass, field
from uuid import UUID

from documents import draft_uploads
from documents.draft_uploads import Place
from documents.inspection import Inspected
from documents.intake import as_pdf
from documents.models import DraftUpload
from identifiers import Refused
from onboarding.views.uploads import inspected
from tenancy.access import CompanyRequest
from tenancy.requests import uuid

KEPT = "_kept"  # behind a field's name: the ids of the drafts that belong to it
NOTHING = "Önce bir dosya seçin."


@dataclass(slots=True)
class Chosen:
    """What a form's field holds, and the PDF that comes of it when the form was sent. `refusal` says why something
    that was chosen is not in it."""

    place: Place
    waiting: list[DraftUpload] = field(default_factory=list)
    pdf: Inspected | None = None
    refusal: str = ""

    def __bool__(self) -> bool:
        return bool(self.waiting)

    @property
    def filename(self) -> str:
        return self.waiting[0].name if self.waiting else ""

    def done(self) -> None:
        """It became a document: nobody needs the files any more, also not those that were left out."""
        forget(self.place)
        self.waiting = []


def place(request: CompanyRequest, kind: str, about: UUID | None = None) -> Place:
    return Place(request.company, request.user, kind, about)


def chosen(request: CompanyRequest, at: Place, name: str) -> Chosen:
    """Of a field of a form with other fields: on a GET what waits there, on a POST what the form brings."""
    if request.method != "POST":
        return Chosen(at, list(draft_uploads.waiting(at)))
    found = Chosen(at)
    try:
        found.waiting = draft_uploads.chosen(at, map(uuid, request.POST.getlist(name + KEPT)))
        for each in request.FILES.getlist(name):
            found.waiting.append(draft_uploads.add(at, inspected(request, each), each.name or ""))
        if found.waiting:
            found.pdf = as_pdf([draft_uploads.inspected(each) for each in found.waiting])
    except Refused as refusal:
        found.refusal = str(refusal)
        found.waiting = list(draft_uploads.waiting(at))
    return found


def handed_in(request: CompanyRequest, at: Place, name: str = "file") -> tuple[Inspected, str]:
    """Of a form that hands in and nothing else: one PDF, and its name. Raises Refused."""
    waiting = draft_uploads.chosen(at, map(uuid, request.POST.getlist(name + KEPT)))
    new = request.FILES.getlist(name)
    if not waiting and not new:
        raise Refused(NOTHING)
    files = [draft_uploads.inspected(each) for each in waiting] + [inspected(request, each) for each in new]
    return as_pdf(files), waiting[0].name if waiting else new[0].name or ""


def forget(at: Place) -> None:
    """What waited there became a document."""
    draft_uploads.remove(draft_uploads.waiting(at))
