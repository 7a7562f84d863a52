"""What a company can look up: its letters, the answers, its documents."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from correspondence.addresses import tracking_address
from correspondence.incoming.fetching import raw_of
from correspondence.models import Audience, Mail
from correspondence.outgoing.outbox import body_of
from correspondence.reading.parsing import Unreadable, content
from documents import storage
from documents.inspection import KNOWN_AGAIN, PDF, page_picture
from documents.intake import as_pdf, caps, examine
from documents.looks import LEAFING, ONE_LOOK
from documents.models import Document
from identifiers import Refused
from limits import quotas
from limits.quotas import Quota
from onboarding.dossier import identity_papers
from onboarding.forms.pre_application import UploadForm
from onboarding.mail import forwarded, uploads
from onboarding.models import DocumentKind
from onboarding.overview import threads
from onboarding.steps import BY_KEY, PACKAGE_CONTRACT, PRE_APPLICATION
from onboarding.views.application import actor_of, attempt_of, live_application_or_404, offers_of
from onboarding.views.reviewing import BACK, way_back
from onboarding.views.uploads import refused, taken
from tenancy.access import CompanyRequest, member
from tenancy.identities import masked_for
from tenancy.posting import posted_from
from tenancy.roles import Role


@member()
def thread(request: CompanyRequest) -> HttpResponse:
    application = attempt_of(request)
    if application is None:
        return redirect("onboarding:route")
    live = application.closed_at is None
    tracking = tracking_address(request.company).email if live else ""
    return render(
        request,
        "onboarding/thread.html",
        {
            "thread": threads.thread(application),
            "tracking": tracking,
            "offers": offers_of(request, application, PRE_APPLICATION),
        },
    )


@member()
def letter(request: CompanyRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(request.company.letters.filter(audience__in=(Audience.IYS, Audience.COMPANY)), pk=pk)
    return render(
        request,
        "onboarding/letter.html",
        {
            "letter": found,
            "text": masked_for(request.company, body_of(found).text),
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
    context = {
        "mail": found,
        "text": masked_for(request.company, text),
        "believed": not threads.is_disbelieved(found),
        "disbelieved": threads.DISBELIEVED,
        "back": way_back(request) if BACK in request.GET else None,
    }
    return render(request, "onboarding/mail.html", context)


@member(Role.EDITOR)
@posted_from("onboarding:thread")
def upload_mail(request: CompanyRequest) -> HttpResponse:
    """A mail of İYS's that came to the company itself, as a file."""
    live_application_or_404(request)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _back(request, str(form.errors["file"][0]))
    file = form.cleaned_data["file"]
    try:
        quotas.take(Quota.MAIL_UPLOADS, **quotas.asking(request))
        quotas.take(Quota.UPLOAD_BYTES, amount=file.size, **quotas.asking(request))
        payload = file.read()
        if request.POST.get("step") == PACKAGE_CONTRACT.key and not uploads.is_mail(payload):
            return _offer(request, payload, file.name)
        mail = uploads.upload(company=request.company, payload=payload, by=request.user)
    except Refused as refusal:
        return _back(request, str(refusal))
    return _taken(request, mail)


def _offer(request: CompanyRequest, payload: bytes, filename: str) -> HttpResponse:
    """Step 4 also takes the offer itself, which a telephone keeps more easily than a mail. Raises Refused."""
    try:
        found = as_pdf([examine(payload, filename)])
    except Refused as refusal:
        raise Refused(f"{refusal} E-postanın kendisini yükleyecekseniz .eml dosyası olarak kaydedin.") from refusal
    uploads.upload_offer(company=request.company, pdf=found, filename=filename, by=request.user)
    return taken(
        request,
        "Teklif dosyanızı aldık. Destek ekibimiz bakıp teklifi bu sayfaya koyacak; ödeme bağlantısı İYS'nin "
        "e-postasındadır, o e-postayı saklayın.",
        found,
        to="onboarding:package_contract",
    )


def _back(request: CompanyRequest, sentence: str) -> HttpResponse:
    step = request.POST.get("step", "")
    return refused(request, sentence, back=f"onboarding:{step}" if step in BY_KEY else "onboarding:thread")


def _taken(request: CompanyRequest, mail: Mail) -> HttpResponse:
    if mail.status_why == forwarded.TO_CONFIRM:
        return taken(request, "E-postadaki kodları okuduk. Doğruysa kullanın.", to="onboarding:code_receipt")
    return taken(request, f"E-postayı aldık. {mail.status_why}", to=reverse("onboarding:mail", args=[mail.pk]))


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
    _looked_at(request, found)
    return storage.response(found, inline="indir" not in request.GET)


@member()
def document_page(request: CompanyRequest, pk: UUID, number: int) -> HttpResponse:
    """Small, to know the page again by."""
    found = get_object_or_404(request.company.documents.filter(erased_at=None, content_type=PDF), pk=pk)
    if number not in found.page_numbers:
        raise Http404
    _looked_at(request, found, ONE_LOOK if number == 1 else LEAFING)
    try:
        return storage.picture(page_picture(storage.read(found), number, longest=KNOWN_AGAIN, caps=caps()))
    except Refused as refusal:
        raise Http404 from refusal


def _looked_at(request: CompanyRequest, found: Document, within: timedelta = ONE_LOOK) -> None:
    """Raises PermissionDenied for an identity paper that is not for whoever asks."""
    application, actor = attempt_of(request), actor_of(request)
    if not identity_papers.may_open(found, request.company, lambda: application, Role(request.membership.role)):
        raise PermissionDenied(identity_papers.FOR_OWNERS)
    identity_papers.note(found, request.company, application, actor, within)
