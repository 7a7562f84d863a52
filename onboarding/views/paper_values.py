"""Values read out of the company's papers, on the form of its data: a press of a button fills them in."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from documents.inspection import Inspected
from documents.models import Document
from documents.reading.papers import Paper
from onboarding.actions.pre_application import submission, withdrawn_papers
from onboarding.dossier import content, readings, signed
from onboarding.dossier.paper_notes import NAMES
from onboarding.forms.dossier import OwnDossierForm
from onboarding.models import Application, DocumentKind
from onboarding.steps import PRE_APPLICATION
from onboarding.views.application import offers_of
from onboarding.views.dossier_pages import READ_PAGE
from onboarding.views.next_screen import REVIEW, screen
from onboarding.views.uploads import taken
from onboarding.views.work import any_open
from tenancy.access import CompanyRequest
from tenancy.requests import by_script, posted

PAPERS = (DocumentKind.TAX_PLATE, DocumentKind.TRADE_REGISTRY_GAZETTE)
# What the button's name is; its value is a field or all of them.
BUTTON, ALL = "use", "all"
# The papers are uploaded on the form's page too, which is where they lead back to.
FROM_FORM = "bilgilerden"


def typed(request: HttpRequest, application: Application) -> QueryDict | None:
    """What was posted, with the values that were asked for where nothing was typed; None when nothing was."""
    data = posted(request)
    if data is None or BUTTON not in data:
        return data
    offers = readings.beside(application.application_form).offers
    filled = data.copy()
    for name in set(offers) & ({*offers} if data[BUTTON] == ALL else {data[BUTTON]}):
        if not data.get(name, "").strip():
            filled[name] = offers[name].value
    return filled


def used(request: CompanyRequest) -> HttpResponse:
    messages.success(request, "Belgenizden okunan bilgiler yazıldı ve kaydedildi. Kontrol edin.")
    return redirect("onboarding:dossier_page", READ_PAGE.key)


def context(
    request: CompanyRequest, application: Application, form: OwnDossierForm, read: readings.Beside
) -> dict[str, object]:
    """For the form's page: what is offered in the fields that are open, and which papers may be handed in here."""
    offers = {
        name: said
        for name, said in read.offers.items()
        if name in form.fields and not form.fields[name].disabled and not form[name].value()
    }
    fields = submission.open_fields(application)
    may_read = offers_of(request, application, PRE_APPLICATION)["read_paper"]
    readable = content.readable(application.application_form) if may_read else frozenset()
    is_read = bool(set(READ_PAGE.fields) & set(form.fields))
    kinds = [kind for kind in PAPERS if is_read and kind in readable and (fields is None or kind in fields)]
    removable = withdrawn_papers.removable(application, kinds)
    needed = set(map(str, content.papers(application.application_form)))
    return {
        "read": replace(read, offers=offers) if is_read else readings.Beside(),
        "readable": [
            (
                kind,
                NAMES[Paper(kind)].capitalize(),
                kind in needed,
                read.of(kind),
                application.company.documents.current().of_kind(kind).first() if kind in removable else None,
            )
            for kind in kinds
        ],
    }


def taken_in(
    request: CompanyRequest, application: Application, document: Document, found: Inspected, sentence: str
) -> HttpResponse:
    """The answer to an upload: `sentence`, and what is in the paper."""
    kind = document.kind
    beside = readings.beside(application.application_form)
    # The other pages have them beside the paper.
    notes = beside.of(kind) if from_form(request) else ()
    said = [(messages.WARNING if note.doubts else messages.INFO, note.text) for note in notes]
    doubted = kind in beside.doubted or signed.is_doubted(application, document)
    offered = kind in content.READABLE and bool(beside.offers)
    if offered and not from_form(request):
        fields = ", ".join(each.label for each in beside.offers.values())
        read = f"Belgenizden okuduk: {fields}. Başvuru bilgilerinde “Kullan” ile yazabilirsiniz."
        said.append((messages.INFO, read))
    # With the last paper there is nothing left to do here; one that was exchanged leads back to the review too.
    # What is asked of the whole may be about more papers than this one, and what is doubted is looked at first.
    needs, opened = content.needs(application.application_form), submission.open_fields(application)
    is_all_well = all(
        need.document and not (need.kind in beside.doubted and any_open(opened, {need.kind})) for need in needs
    )
    is_about_all = opened is None and submission.corrections_asked(application)
    is_last = is_all_well and not (doubted or is_about_all or from_form(request)) and screen(application) == REVIEW
    # Notes stand beside the file; what is offered stands elsewhere.
    stays = by_script(request) and not offered and not from_form(request) and not is_last
    to = REVIEW if is_last else back(request)
    answer = taken(request, sentence, found, to=to, stays=stays, onto=document.pk, doubted=doubted)
    for level, text in () if stays else said:
        messages.add_message(request, level, text)
    return answer


def from_form(request: CompanyRequest) -> bool:
    return FROM_FORM in request.GET


def uploadable(request: CompanyRequest, application: Application) -> frozenset[str]:
    form = application.application_form
    return content.uploadable(form) | (content.readable(form) if FROM_FORM in request.GET else frozenset())


def back(request: CompanyRequest) -> str:
    """The path or the name of a URL."""
    on_form = from_form(request)
    return reverse("onboarding:dossier_page", args=[READ_PAGE.key]) if on_form else "onboarding:pre_application"
