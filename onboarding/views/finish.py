"""After the end: the summary, the evidence pack to take away, and the applications of before."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from documents.storage import streamed
from onboarding import tasks
from onboarding.dossier import identity_papers
from onboarding.evidence_pack import building
from onboarding.models import Application, EvidencePack, PackageChoice
from onboarding.overview.board import board
from onboarding.overview.threads import thread
from onboarding.steps import PANEL_SETTINGS
from onboarding.views.application import actor_of, attempt_of, offers_of
from onboarding.views.refusals import refusals_as_messages
from tenancy.access import CompanyRequest, member
from tenancy.roles import Role


@member()
def summary(request: CompanyRequest) -> HttpResponse:
    application = attempt_of(request)
    if application is None:
        return redirect("onboarding:route")
    if not building.allowed(application):
        messages.info(request, "Özet, gereken adımlar tamamlanınca açılır.")
        return redirect("onboarding:board")
    application.company = request.company
    context = {
        **_summed_up(application),
        "offers": offers_of(request, application, PANEL_SETTINGS),
        "brands": request.company.brands.exclude(code=""),
        **_pack(request, application),
    }
    return render(request, "onboarding/summary.html", context)


@member()
def earlier(request: CompanyRequest, pk: UUID) -> HttpResponse:
    """An application that has ended, to be read. The brands and the pack are those of the one that is live."""
    application = get_object_or_404(request.company.applications.exclude(closed_at=None), pk=pk)
    application.company = request.company
    return render(request, "onboarding/earlier.html", {**_summed_up(application), "thread": thread(application)})


def _summed_up(application: Application) -> dict[str, object]:
    return {
        "application": application,
        "board": board(application),
        "choice": PackageChoice.objects.filter(application=application).select_related("package").first(),
        "acceptance": application.acceptances.select_related("accepted_by", "text_version").first(),
        "payment": application.payments.first(),
        "declaration": application.declarations.select_related("declared_by", "text_version").first(),
    }


def _pack(request: CompanyRequest, application: Application) -> dict[str, object]:
    pack = building.of(application)
    return {
        "pack": pack,
        "pack_is_current": pack is not None and building.is_current(pack, application),
        "closed_kinds": [] if _takes_originals(request) else ["zip"],
    }


def _takes_originals(request: CompanyRequest) -> bool:
    """The ZIP holds identity numbers as they were written and scanned; in the PDF they are masked."""
    return request.membership.role == Role.OWNER


@member()
def ask_for_pack(request: CompanyRequest) -> HttpResponse:
    if request.method == "POST":
        application = _attempt_or_404(request)
        with refusals_as_messages(request):
            building.ask(application=application, actor=actor_of(request))
            tasks.ask_for_pack(application)
    return redirect("onboarding:summary")


@member()
def pack_progress(request: CompanyRequest) -> HttpResponse:
    """The panel of a pack that is being made; nothing (204) while it says the same as before."""
    application = _attempt_or_404(request)
    pack = building.of(application)
    if pack is None:
        return redirect("onboarding:summary")
    if request.GET.get("progress") == pack.progress:
        return HttpResponse(status=204)
    return render(request, "_partials/pack.html", _pack(request, application))


@member()
def pack_file(request: CompanyRequest, kind: str) -> HttpResponseBase:
    application = _attempt_or_404(request)
    pack: EvidencePack | None = building.of(application)
    if kind not in ("pdf", "zip"):
        raise Http404
    if pack is None or not building.is_current(pack, application):
        messages.info(request, "Kanıt dosyası henüz hazır değil ya da güncelliğini yitirdi.")
        return redirect("onboarding:summary")
    if kind == "zip" and not _takes_originals(request):
        return render(request, "403.html", {"exception": identity_papers.FOR_OWNERS}, status=403)
    building.given(application=application, kind=kind, actor=actor_of(request))
    return streamed(pack.files[kind])


def _attempt_or_404(request: CompanyRequest) -> Application:
    application = attempt_of(request)
    if application is None:
        raise Http404
    application.company = request.company
    return application
