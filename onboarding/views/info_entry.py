""" "Bilgi Girişi" (guide, 1.2): the continue link, brands, last year's figures, the declaration."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_htmx.http import reselect, reswap, retarget

from brands import registering
from brands.forms import BrandForm, FiguresForm
from brands.models import Brand
from identifiers import Refused
from limits import quotas
from limits.quotas import Quota
from onboarding.actions.pre_application import information_entry, submission
from onboarding.actor import NotAllowed
from onboarding.dossier import changes, content
from onboarding.forms.online import DeclarationForm
from onboarding.letters import drafts
from onboarding.models import Application, DocumentKind
from onboarding.overview import stage_bars
from onboarding.steps import PRE_APPLICATION
from onboarding.views.application import (
    actor_of,
    expected_version,
    live_application_or_404,
    offers_of,
)
from onboarding.views.chosen import Chosen, chosen, place
from onboarding.views.refusals import CLOSED_SINCE, refusals_as_messages, turned_away
from onboarding.views.uploads import tell
from tenancy.access import CompanyRequest, member
from tenancy.notices import people_to_tell
from tenancy.posting import posted_from
from tenancy.requests import posted
from tenancy.roles import Role


@member()
def follow(request: CompanyRequest, pk: UUID) -> HttpResponse:
    """Where the mail's link leads. It is no key: the entry is open to the company's own people while one holds."""
    get_object_or_404(live_application_or_404(request).continue_links, pk=pk)
    return redirect("onboarding:info_entry")


@member(Role.EDITOR)
@posted_from("onboarding:info_entry")
def renew(request: CompanyRequest) -> HttpResponse:
    with refusals_as_messages(request):
        quotas.take(Quota.LINKS, **quotas.asking(request))
        information_entry.renew(application=live_application_or_404(request))
        messages.success(request, "Yeni bağlantı e-postayla gönderildi.")
    return redirect("onboarding:info_entry")


@member()
def show(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    if not (information_entry.awaits_link(application) or information_entry.open_parts(application)):
        return redirect("onboarding:pre_application")
    return _page(request, application, DeclarationForm())


def _page(
    request: CompanyRequest,
    application: Application,
    form: DeclarationForm,
    status: int = 200,
    unproven: Brand | None = None,
) -> HttpResponse:
    offers = offers_of(request, application, PRE_APPLICATION)
    record = offers.record
    is_entry = record.state == "info_entry"
    year = registering.asked_year()
    draft = drafts.pre_application_to_iys(application, PRE_APPLICATION, "")
    return render(
        request,
        "onboarding/online/info_entry.html",
        {
            "application": application,
            "offers": offers,
            "entry_parts": submission.reopened_entry(application),
            "record": record,
            "correcting": not is_entry,
            "awaits_link": information_entry.awaits_link(application),
            "link": application.continue_links.first(),
            "told": people_to_tell(request.company, turn=True),
            "unproven": unproven,
            "brands": request.company.brands.prefetch_related("reaches").select_related("certificate"),
            "figures": request.company.yearly_figures.filter(year=year),
            "year": year,
            "draft": draft,
            "text": drafts.masked_text(draft, request.company),
            "missing": registering.lacking(request.company) if is_entry else submission.missing(application),
            "remarks": [each for each in changes.asked(application) if not each.key or each.key in content.ENTRY],
            "form": form,
            "stages": stage_bars.application(record.state),
        },
        status=status,
    )


@member(Role.EDITOR)
def brand(request: CompanyRequest, pk: UUID | None = None) -> HttpResponse:
    """Adds a brand, or edits one; as a part of the page where htmx asks, as a page of its own otherwise."""
    application = live_application_or_404(request)
    if "brands" not in information_entry.open_parts(application):
        return turned_away(request, CLOSED_SINCE, to="onboarding:info_entry")
    found: Brand | None = get_object_or_404(request.company.brands, pk=pk) if pk else None
    certificate = chosen(request, place(request, DocumentKind.BRAND_CERTIFICATE, pk), "certificate")
    form = BrandForm(posted(request), certificate=certificate, company=request.company, brand=found)
    if request.method == "POST" and form.is_valid():
        saved = _saved(request, application, found, form, certificate)
        if saved:
            is_unproven = not found and registering.lacking_certificate(saved)
            return _changed(request, application, unproven=saved if is_unproven else None)
    wanted = registering.lacking_certificate(found) if found else ""
    return render(
        request,
        "onboarding/online/brand.html",
        {"form": form, "certificate": certificate, "brand": found, "wanted": wanted},
        status=422 if form.errors else 200,
    )


@member(Role.EDITOR)
def later_brand(request: CompanyRequest) -> HttpResponse:
    """A brand that the company has begun to use after the end."""
    application = live_application_or_404(request)
    if not information_entry.takes_later_brands(application):
        return turned_away(request, CLOSED_SINCE, to="onboarding:board")
    certificate = chosen(request, place(request, DocumentKind.BRAND_CERTIFICATE), "certificate")
    form = BrandForm(posted(request), certificate=certificate, company=request.company)
    if request.method == "POST" and form.is_valid() and _saved(request, application, None, form, certificate):
        return redirect("onboarding:board")
    return render(
        request,
        "onboarding/later_brand.html",
        {"form": form, "certificate": certificate},
        status=422 if form.errors else 200,
    )


def _changed(request: CompanyRequest, application: Application, unproven: Brand | None = None) -> HttpResponse:
    """After a brand has changed: what is missing and the letter change with it, the page around them stays.

    The form of an `unproven` one is open, which asks for its certificate.
    """
    if not request.htmx:
        return redirect("onboarding:edit_brand", unproven.pk) if unproven else redirect("onboarding:info_entry")
    page = _page(request, application, DeclarationForm(), unproven=unproven)
    return reswap(reselect(retarget(page, "#entry"), "#entry"), "outerHTML")


def _saved(
    request: CompanyRequest, application: Application, found: Brand | None, form: BrandForm, certificate: Chosen
) -> Brand | None:
    """None when it was refused."""
    try:
        saved = information_entry.save_brand(
            application=application,
            brand=found,
            name=form.cleaned_data["name"],
            reached=form.reached,
            certificate=certificate.pdf,
            filename=certificate.filename,
            actor=actor_of(request),
        )
    except (Refused, NotAllowed) as refusal:
        form.add_error("name", str(refusal))
        return None
    messages.success(request, "Marka kaydedildi.")
    certificate.done()
    tell(request, certificate.pdf)
    return saved


@member(Role.EDITOR)
@posted_from("onboarding:info_entry")
def remove_brand(request: CompanyRequest, pk: UUID) -> HttpResponse:
    application = live_application_or_404(request)
    found = get_object_or_404(request.company.brands, pk=pk)
    with refusals_as_messages(request):
        information_entry.remove_brand(application=application, brand=found)
        messages.success(request, f"“{found.name}” çıkarıldı.")
    if "brands" in information_entry.open_parts(application):
        return _changed(request, application)
    return redirect("onboarding:brand_names")


@member(Role.EDITOR)
def figures(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    if "statistics" not in information_entry.open_parts(application):
        return turned_away(request, CLOSED_SINCE, to="onboarding:info_entry")
    form = FiguresForm(posted(request), company=request.company)
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            information_entry.save_figures(application=application, year=form.year, figures=form.figures)
            messages.success(request, "İstatistiksel bilgiler kaydedildi.")
        return redirect("onboarding:info_entry")
    return render(request, "onboarding/online/figures.html", {"form": form}, status=422 if form.errors else 200)


@member(Role.OWNER)
@posted_from("onboarding:info_entry")
def complete(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    form = DeclarationForm(request.POST)
    if not form.is_valid():
        return _page(request, application, form, 422)
    with refusals_as_messages(request):
        information_entry.complete(
            application=application,
            actor=actor_of(request),
            expected_version=expected_version(request),
            letter_digest=request.POST.get("letter", ""),
        )
        messages.success(request, "Bilgileriniz alındı.")
    return redirect("onboarding:pre_application")
