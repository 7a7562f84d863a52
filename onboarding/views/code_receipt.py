"""Step 3: the codes that İYS gave, one confirming click."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from onboarding import codes
from onboarding.board import thread
from onboarding.forms.code_receipt import CodesForm
from onboarding.models import CodeReading, Onboarding
from onboarding.steps import CODE_RECEIPT
from onboarding.views.attempt import (
    actor_of,
    live_attempt_or_404,
    move_from,
    open_step,
    record_of,
    seen_version,
    told,
)
from tenancy.access import CompanyRequest, member
from tenancy.requests import posted


@member()
@open_step(CODE_RECEIPT)
def show(request: CompanyRequest, attempt: Onboarding) -> HttpResponse:
    reading = codes.latest_reading(attempt)
    brands = list(request.company.brands.all())
    return render(
        request,
        "onboarding/code_receipt.html",
        {
            "attempt": attempt,
            "record": record_of(attempt, CODE_RECEIPT),
            "reading": reading,
            "comparison": codes.compare(
                reading,
                trade_name=request.company.trade_name,
                brands=[brand.name for brand in brands],
            )
            if reading
            else None,
            "brands": brands,
            "thread": thread(attempt, limit=5),
        },
    )


@member("editor")
@open_step(CODE_RECEIPT)
def type_codes(request: CompanyRequest, attempt: Onboarding) -> HttpResponse:
    record = record_of(attempt, CODE_RECEIPT)
    if record.state not in ("waiting", "read"):
        messages.info(request, "Kodlar şu anda yazılamaz.")
        return redirect("onboarding:code_receipt")
    form = CodesForm(posted(request), initial=_known(codes.latest_reading(attempt)))
    if request.method == "POST" and form.is_valid():
        with told(request):
            codes.type_codes(
                onboarding=attempt,
                iys_code=form.cleaned_data["iys_code"],
                brands=form.brands,
                actor=actor_of(request),
                seen=seen_version(request),
            )
        return redirect("onboarding:code_receipt")
    return render(
        request,
        "onboarding/code_typing.html",
        {"form": form, "record": record},
        status=422 if form.errors else 200,
    )


def _known(reading: CodeReading | None) -> dict[str, str]:
    if reading is None:
        return {}
    known = {"iys_code": reading.iys_code}
    for row, brand in enumerate(reading.brands, start=1):
        known |= {f"name_{row}": brand["name"], f"code_{row}": brand["code"]}
    return known


@member("editor")
@require_POST
def confirm(request: CompanyRequest) -> HttpResponse:
    with told(request):
        codes.confirm(onboarding=live_attempt_or_404(request), actor=actor_of(request), seen=seen_version(request))
        messages.success(request, "Kodlarınız onaylandı. Sıradaki adım: İleti paketi sözleşmesi.")
        return redirect("onboarding:board")
    return redirect("onboarding:code_receipt")


@member("editor")
@require_POST
def dispute(request: CompanyRequest) -> HttpResponse:
    with told(request):
        move_from(request, live_attempt_or_404(request), CODE_RECEIPT, frozenset({"dispute"}))
        messages.success(request, "Sorunuz destek ekibine iletildi.")
    return redirect("onboarding:code_receipt")
