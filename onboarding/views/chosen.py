"""The files that a form brings: those that were chosen just now, and those that were kept when they were chosen.

Several photos are the pages of one PDF, in the form's order. A file is kept from the moment it was chosen, so that
nothing is lost when another field is wrong, a page is left or a session ends.
"""

from dataclasses import dataclass, field, replace
from uuid import UUID

from documents import draft_uploads
from documents.draft_uploads import Place
from documents.inspection import Inspected
from documents.intake import as_pdf
from documents.models import Document, DraftUpload
from documents.storage import inspected as kept
from identifiers import Refused
from onboarding.dossier.filing import OTHER_SINCE
from onboarding.models import DocumentKind
from onboarding.views.uploads import inspected
from tenancy.access import CompanyRequest
from tenancy.requests import uuid

KEPT = "_kept"  # behind a field's name: the ids of the drafts that belong to it
ONTO = "onto"  # the name of the field with the document whose pages are added to or changed
PAGE = "page"  # the name of the field with the page that is meant
TAKE_OUT = "take_out"  # the name of the button that takes it out
NOTHING = "Önce bir dosya seçin."
WHICH = "Önce hangi sayfa olduğunu seçin."
LAST = "Belgenin tek sayfası çıkarılamaz; yenisiyle değiştirin."


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


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One PDF, and where its files were chosen; `onto`: the document whose pages are in it, `page`: the one of
    them that was changed, 0 where others came behind them; `out`: it was taken out."""

    at: Place
    pdf: Inspected
    filename: str
    onto: Document | None
    page: int = 0
    out: bool = False

    def said(self, document: Document, otherwise: str) -> str:
        """Of the document that it became."""
        if self.onto is None:
            return otherwise
        label = DocumentKind(document.kind).label
        if not self.page:
            return f"Sayfa eklendi: {label} artık {document.pages} sayfa."
        done = f"çıkarıldı: {label} artık {document.pages} sayfa" if self.out else f"değişti: {label}"
        return f"{self.page}. sayfa {done}. Önceki hali belgelerinizde durur."


def handed_in(request: CompanyRequest, kind: str, name: str = "file") -> HandedIn:
    """Of a form that hands in a paper, or pages of one, and nothing else. Raises Refused."""
    onto = _onto(request, kind)
    page, out = _page(request, onto), TAKE_OUT in request.POST
    at = place(request, kind, None if onto is None else onto.pk)
    waiting = draft_uploads.chosen(at, map(uuid, request.POST.getlist(name + KEPT)))
    new = request.FILES.getlist(name)
    if out:
        waiting, new = [], []
    elif not waiting and not new:
        raise Refused(NOTHING)
    files = [draft_uploads.inspected(each) for each in waiting] + [inspected(request, each) for each in new]
    if onto is None:
        return HandedIn(at, as_pdf(files), waiting[0].name if waiting else new[0].name or "", None)
    # How many pages there are is said of the document.
    return HandedIn(at, replace(as_pdf([kept(onto), *files], instead=page), note=""), onto.name, onto, page, out)


def _onto(request: CompanyRequest, kind: str) -> Document | None:
    named = request.POST.get(ONTO)
    if not named:
        return None
    found = request.company.documents.current().of_kind(kind).filter(pk=uuid(named)).first()
    if found is None:
        raise Refused(OTHER_SINCE)
    return found


def _page(request: CompanyRequest, onto: Document | None) -> int:
    """Which page of the document is meant, counted from 1; 0 where none is asked for."""
    if onto is None or PAGE not in request.POST:
        return 0
    named, pages = request.POST[PAGE], onto.pages or 1
    if not named:
        raise Refused(WHICH)
    if named not in map(str, range(1, pages + 1)):
        raise Refused(OTHER_SINCE)
    if TAKE_OUT in request.POST and pages == 1:
        raise Refused(LAST)
    return int(named)


def forget(at: Place) -> None:
    """What waited there became a document."""
    draft_uploads.remove(draft_uploads.waiting(at))
