"""Step 3: the codes that İYS gave, one confirming click."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from correspondence.addresses import tracking_address
from onboarding import codes
from onboarding.board import thread
from onboarding.forms.code_receipt import CodesForm
from onboarding.models import CodeReading, Onboarding
from onboarding.steps import CODE_RECEIPT
from onboarding.transitions import NotAllowed
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
    return _page(request, attempt)


def _page(request: CompanyRequest, attempt: Onboarding, *, question: str = "", status: int = 200) -> HttpResponse:
    """`question` is what was typed for support and could not be sent."""
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
            "question": question,
            "tracking": tracking_address(attempt.company).email,
            "thread": thread(attempt, step=CODE_RECEIPT),
        },
        status=status,
    )


@member("editor")
@open_step(CODE_RECEIPT)
def type_codes(request: CompanyRequest, attempt: Onboarding) -> HttpResponse:
    record = record_of(attempt, CODE_RECEIPT)
    if record.state not in ("waiting", "read"):
        messages.info(request, "Kodlar şu anda yazılamaz.")
        return redirect("onboarding:code_receipt")
    reading = codes.latest_reading(attempt)
    form = CodesForm(posted(request), initial=_known(reading), known=len(reading.brands) if reading else 0)
    if request.method == "POST" and form.is_valid():
        try:
            codes.type_codes(
                onboarding=attempt,
                iys_code=form.cleaned_data["iys_code"],
                brands=form.brands,
                actor=actor_of(request),
                seen=seen_version(request),
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
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
@open_step(CODE_RECEIPT)
def dispute(request: CompanyRequest, attempt: Onboarding) -> HttpResponse:
    try:
        move_from(request, attempt, CODE_RECEIPT, frozenset({"dispute"}))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return _page(request, attempt, question=request.POST.get("reason", ""), status=422)
    messages.success(request, "Sorunuz destek ekibine iletildi.")
    return redirect("onboarding:code_receipt")
