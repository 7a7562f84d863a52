"""Step 6: one form, three exclusive declarations; and the summary at the end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onboarding.actions import panel_settings
from onboarding.actions import reconciliation as reconciling
from onboarding.actor import NotAllowed
from onboarding.codes import in_force
from onboarding.forms.panel_settings import HELP, MEANS, DeclarationForm
from onboarding.gate import Route
from onboarding.models import Application, DeclarationKind
from onboarding.overview.board import Own, board
from onboarding.steps import PANEL_SETTINGS
from onboarding.views.application import (
    actor_of,
    client_address,
    expected_version,
    live_application_or_404,
    offers_of,
    open_step,
)
from onboarding.views.next_screen import BOARD, own_screen
from onboarding.views.offers import Offers
from onboarding.views.refusals import refusals_as_messages
from tenancy.access import CompanyRequest, member
from tenancy.posting import posted_from
from tenancy.requests import came_from, posted
from tenancy.roles import Role

CLEAR = "temizle"  # what the guide's button of this name asks for


@member()
@open_step(PANEL_SETTINGS)
def show(request: CompanyRequest, application: Application) -> HttpResponse:
    offers = offers_of(request, application, PANEL_SETTINGS)
    if request.method == "POST" and not offers.role.includes(PANEL_SETTINGS.move("save").role):
        return render(request, "403.html", status=403)
    anew = offers["declare_anew"] and ("degistir" in request.GET or CLEAR in request.GET)
    context = {
        "application": application,
        "offers": offers,
        "record": offers.record,
        "board": board(application, Own(mine=offers.mine)),
        "declarations": panel_settings.history(request.company),
        "brands": request.company.brands.exclude(code=""),
    }
    if request.method == "POST" or offers["save"] or anew:
        return _declare(request, application, context, offers)
    return render(request, "onboarding/panel_settings.html", context)


@member(Role.EDITOR)
@posted_from("onboarding:board")
def reconciliation(request: CompanyRequest) -> HttpResponse:
    """Its task is shown on several pages; after it comes the screen where one goes on, on the summary itself."""
    answer = request.POST.get("answer")
    if answer not in ("on", "later"):
        return redirect("onboarding:board")
    is_on, application = answer == "on", live_application_or_404(request)
    with refusals_as_messages(request):
        reconciling.settle(application=application, is_on=is_on, actor=actor_of(request))
        said = (
            "Teşekkürler, Mutabakat Yönetimi'nin açık olduğunu kaydettik." if is_on else "Hatırlatma kaldırıldı."
        )
        messages.success(request, said)
    if came_from(request).partition("?")[0] == reverse("onboarding:summary"):
        return redirect("onboarding:summary")
    return redirect(own_screen(request, application) or BOARD)


def _declare(
    request: CompanyRequest, application: Application, context: dict[str, object], offers: Offers
) -> HttpResponse:
    partner, route = request.company.partner.legal_name, Route(application.route)
    try:
        correctness = panel_settings.correctness().body
        offered = [kind for kind in DeclarationKind if panel_settings.may_declare(kind, route)]
        choices = [
            (kind, panel_settings.text_of(kind).naming(partner), MEANS[kind], HELP[kind]) for kind in offered
        ]
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("onboarding:board")
    # The codes in force are not typed, and stay.
    last = application.declarations.first() if CLEAR not in request.GET else None
    form = DeclarationForm(
        posted(request),
        correctness=correctness,
        route=route,
        initial={
            "kind": last.kind if last else "" if CLEAR in request.GET else panel_settings.OF_ROUTE[route],
            "exemption_basis": last.exemption_basis if last else "",
        },
        iys_code=application.iys_code,
        brands=in_force.brands_of(application),
    )
    if request.method == "POST" and form.is_valid():
        try:
            panel_settings.declare(
                application=application,
                kind=DeclarationKind(form.cleaned_data["kind"]),
                iys_code=form.cleaned_data["iys_code"],
                brand_codes=form.brand_codes,
                exemption_basis=form.cleaned_data["exemption_basis"],
                change_reason=form.cleaned_data["change_reason"],
                actor=actor_of(request),
                expected_version=expected_version(request),
                ip_address=client_address(request),
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Beyanınız kaydedildi.")
            return redirect("onboarding:panel_settings")
    return render(
        request,
        "onboarding/panel_form.html",
        {
            **context,
            "form": form,
            "choices": choices,
            "own": panel_settings.OF_ROUTE[route],
            "may_name_partner": DeclarationKind.PARTNER in offered,
        },
        status=422 if form.errors else 200,
    )
