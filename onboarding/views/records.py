"""What a company can look up: its letters, the answers, its documents."""

from collections import defaultdict
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from correspondence.inbox import raw_of
from correspondence.models import Audience
from correspondence.outbox import body_of
from correspondence.parsing import Unreadable, content
from documents import storage
from identifiers.masking import masked
from onboarding import board
from onboarding.models import DocumentKind
from onboarding.views.attempt import attempt_of
from tenancy.access import CompanyRequest, member


@member()
def thread(request: CompanyRequest) -> HttpResponse:
    attempt = attempt_of(request)
    if attempt is None:
        return redirect("onboarding:route")
    return render(request, "onboarding/thread.html", {"thread": board.thread(attempt)})


@member()
def letter(request: CompanyRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(request.company.letters.filter(audience__in=(Audience.IYS, Audience.COMPANY)), pk=pk)
    return render(
        request,
        "onboarding/letter.html",
        {
            "letter": found,
            "text": masked(body_of(found).text),
            "attachments": found.attachments.select_related("document"),
        },
    )


@member()
def mail(request: CompanyRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(request.company.mails, pk=pk)
    try:
        text = content(raw_of(found)).full_text
    except Unreadable:
        text = "Bu e-posta çözümlenemedi; destek ekibi ilgileniyor."
    return render(request, "onboarding/mail.html", {"mail": found, "text": masked(text)})


@member()
def documents(request: CompanyRequest) -> HttpResponse:
    """Each document with those that it replaced, newest first; nothing that was handed in ever disappears."""
    before = defaultdict(list)
    for old in request.company.documents.exclude(replaced_by=None).filter(erased_at=None):
        before[old.kind, old.about].append(old)
    found = [
        (DocumentKind(document.kind).label, document, before[document.kind, document.about])
        for document in request.company.documents.current()
    ]
    return render(request, "onboarding/documents.html", {"documents": found})


@member()
def document(request: CompanyRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(request.company.documents.filter(erased_at=None), pk=pk)
    return storage.response(found, inline="indir" not in request.GET)
