"""After the last step: the summary, and the evidence pack to take away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from documents.storage import streamed
from onboarding import tasks
from onboarding.evidence_pack import building
from onboarding.models import EvidencePack, Onboarding, PackageChoice
from onboarding.overview.board import board
from onboarding.views.attempt import actor_of, attempt_of, told
from tenancy.access import CompanyRequest, member


@member()
def summary(request: CompanyRequest) -> HttpResponse:
    attempt = attempt_of(request)
    if attempt is None:
        return redirect("onboarding:route")
    if not building.allowed(attempt):
        messages.info(request, "Özet, gereken adımlar tamamlanınca açılır.")
        return redirect("onboarding:board")
    attempt.company = request.company
    return render(
        request,
        "onboarding/summary.html",
        {
            "attempt": attempt,
            "board": board(attempt),
            "brands": request.company.brands.exclude(code=""),
            "choice": PackageChoice.objects.filter(onboarding=attempt).select_related("package").first(),
            "acceptance": attempt.acceptances.select_related("accepted_by", "text_version").first(),
            "payment": attempt.payments.first(),
            "declaration": attempt.declarations.select_related("declared_by", "text_version").first(),
            **_pack(attempt),
        },
    )


def _pack(attempt: Onboarding) -> dict[str, object]:
    pack = building.of(attempt)
    return {"pack": pack, "pack_is_current": pack is not None and building.is_current(pack, attempt)}


@member()
def ask_for_pack(request: CompanyRequest) -> HttpResponse:
    if request.method == "POST":
        attempt = _attempt_or_404(request)
        with told(request):
            building.ask(onboarding=attempt, actor=actor_of(request))
            tasks.ask_for_pack(attempt)
    return redirect("onboarding:summary")


@member()
def pack_progress(request: CompanyRequest) -> HttpResponse:
    """The panel of a pack that is being made; nothing (204) while it says the same as before."""
    attempt = _attempt_or_404(request)
    pack = building.of(attempt)
    if pack is None:
        return redirect("onboarding:summary")
    if building.asked_again(pack):
        tasks.ask_for_pack(attempt)
    if request.GET.get("seen") == pack.progress:
        return HttpResponse(status=204)
    return render(request, "_partials/pack.html", _pack(attempt))


@member()
def pack_file(request: CompanyRequest, kind: str) -> HttpResponseBase:
    attempt = _attempt_or_404(request)
    pack: EvidencePack | None = building.of(attempt)
    if kind not in ("pdf", "zip"):
        raise Http404
    if pack is None or not building.is_current(pack, attempt):
        messages.info(request, "Kanıt dosyası henüz hazır değil ya da güncelliğini yitirdi.")
        return redirect("onboarding:summary")
    building.given(onboarding=attempt, kind=kind, actor=actor_of(request))
    return streamed(pack.files[kind])


def _attempt_or_404(request: CompanyRequest) -> Onboarding:
    attempt = attempt_of(request)
    if attempt is None:
        raise Http404
    attempt.company = request.company
    return attempt
