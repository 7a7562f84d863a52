"""Step 6: one form, three exclusive declarations; and the summary at the end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from onboarding import declaring
from onboarding.board import board
from onboarding.forms.panel_settings import DeclarationForm
from onboarding.gate import Route
from onboarding.models import DeclarationKind, Onboarding
from onboarding.steps import PANEL_SETTINGS
from onboarding.transitions import NotAllowed
from onboarding.views.attempt import actor_of, client_address, open_step, record_of, seen_version
from tenancy.access import CompanyRequest, member
from tenancy.requests import posted


@member()
@open_step(PANEL_SETTINGS)
def show(request: CompanyRequest, attempt: Onboarding) -> HttpResponse:
    record = record_of(attempt, PANEL_SETTINGS)
    changing = record.state == "form" or "degistir" in request.GET or request.method == "POST"
    context = {
        "attempt": attempt,
        "record": record,
        "board": board(attempt),
        "declarations": attempt.declarations.select_related("declared_by", "text_version"),
    }
    if not changing or request.membership.role == "viewer":
        return render(request, "onboarding/panel_settings.html", context)
    return _declare(request, attempt, context)


def _declare(request: CompanyRequest, attempt: Onboarding, context: dict[str, object]) -> HttpResponse:
    try:
        correctness = declaring.correctness().body
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("onboarding:board")
    iys_code, brand_codes = declaring.prefilled(attempt)
    wanted = declaring.OF_ROUTE[Route(attempt.route)]
    form = DeclarationForm(
        posted(request),
        correctness=correctness,
        wanted=wanted,
        initial={
            "kind": wanted,
            "iys_code": iys_code,
            "brand_codes": ", ".join(brand_codes),
        },
    )
    if request.method == "POST" and request.membership.role != "owner":
        return render(request, "403.html", status=403)
    if request.method == "POST" and form.is_valid():
        values = {key: value for key, value in form.cleaned_data.items() if key not in ("kind", "correct")}
        try:
            declaring.declare(
                onboarding=attempt,
                kind=DeclarationKind(form.cleaned_data["kind"]),
                actor=actor_of(request),
                seen=seen_version(request),
                ip_address=client_address(request),
                **values,
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "İYS bilgileriniz kaydedildi.")
            return redirect("onboarding:panel_settings")
    return render(
        request,
        "onboarding/panel_form.html",
        {**context, "form": form, "partner_name": request.company.partner.name},
        status=422 if form.errors else 200,
    )
