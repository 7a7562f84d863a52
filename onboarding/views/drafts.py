"""A file that was chosen on a form which is not sent yet: kept at once, shown, taken away again."""

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from documents import draft_uploads, storage
from documents.inspection import PDF, thumbnail
from documents.models import DraftUpload
from identifiers import Refused
from onboarding.models import DocumentKind
from onboarding.views.application import live_application_or_404
from onboarding.views.chosen import NOTHING, place
from onboarding.views.uploads import inspected, refused, taken
from tenancy.access import CompanyRequest, member
from tenancy.posting import posted_from
from tenancy.requests import by_script, uuid
from tenancy.roles import Role

# What people of a company choose on their forms; an e-signed paper is verified when it is chosen and never waits.
KINDS = frozenset(
    {
        DocumentKind.SIGNATURE_CIRCULAR,
        DocumentKind.TRADE_REGISTRY_GAZETTE,
        DocumentKind.TAX_PLATE,
        DocumentKind.IDENTITY_CARD,
        DocumentKind.CHAMBER_CERTIFICATE,
        DocumentKind.UNDERTAKING,
        DocumentKind.ASSIGNMENT_FORM,
        DocumentKind.PAYMENT_RECEIPT,
        DocumentKind.BRAND_CERTIFICATE,
        DocumentKind.EVIDENCE,
    }
)
HOME = "onboarding:board"


@member(Role.EDITOR)
@posted_from("onboarding:board")
def keep(request: CompanyRequest, kind: str) -> HttpResponse:
    live_application_or_404(request)
    if kind not in KINDS:
        raise Http404
    at = place(request, kind, _about(request, kind))
    upload = request.FILES.get("file")
    if upload is None:
        return refused(request, NOTHING, back=HOME)
    try:
        draft = draft_uploads.add(at, inspected(request, upload), upload.name or "")
    except Refused as refusal:
        return refused(request, str(refusal), back=HOME)
    if not by_script(request):
        return taken(request, f"{draft.name} bekliyor; henüz gönderilmedi.", to=HOME)
    return JsonResponse(
        {
            "id": str(draft.pk),
            "name": draft.name,
            "size": filesizeformat(draft.size),
            "note": draft.note,
            "picture": None if draft.content_type == PDF else reverse("onboarding:draft_picture", args=[draft.pk]),
            "remove": reverse("onboarding:drop_draft", args=[draft.pk]),
        },
        status=201,
    )


def _about(request: CompanyRequest, kind: str) -> UUID | None:
    """The brand whose certificate it is, or the document to which it will be added as a page."""
    named = request.POST.get("about")
    if not named:
        return None
    if kind == DocumentKind.BRAND_CERTIFICATE:
        return get_object_or_404(request.company.brands, pk=uuid(named)).pk
    return get_object_or_404(request.company.documents.of_kind(kind), pk=uuid(named)).pk


def _own_or_404(request: CompanyRequest, pk: UUID) -> DraftUpload:
    return get_object_or_404(request.company.draft_uploads.filter(person=request.user), pk=pk)


@member(Role.EDITOR)
@posted_from("onboarding:board")
def drop(request: CompanyRequest, pk: UUID) -> HttpResponse:
    found = _own_or_404(request, pk)
    draft_uploads.remove(request.company.draft_uploads.filter(pk=found.pk))
    return taken(request, f"{found.name} kaldırıldı.", to=HOME, stays=True)


@member(Role.EDITOR)
def picture(request: CompanyRequest, pk: UUID) -> HttpResponse:
    """The page small, to put pages in order by."""
    found = _own_or_404(request, pk)
    if found.content_type == PDF:
        raise Http404
    try:
        shown = thumbnail(storage.read(found))
    except Refused as refusal:
        raise Http404 from refusal
    answer = HttpResponse(shown, content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
