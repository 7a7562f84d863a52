"""Step 3: the codes that İYS gave, one confirming click."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from correspondence.addresses import tracking_address
from onboarding.actor import NotAllowed
from onboarding.code_differences import Comparison, Difference
from onboarding.codes import confirmation
from onboarding.codes.contradiction import contradiction, written_by_iys
from onboarding.forms.code_receipt import CodesForm
from onboarding.mail import forwarded
from onboarding.models import Application, CodeDecision, CodeReading, Evidence
from onboarding.overview.threads import thread
from onboarding.steps import CODE_RECEIPT
from onboarding.steps.code_receipt import AWAITED
from onboarding.views.application import (
    actor_of,
    expected_version,
    live_application_or_404,
    move_from,
    offers_of,
    only_read,
    open_step,
)
from onboarding.views.next_screen import onward
from onboarding.views.refusals import refusals_as_messages
from tenancy.access import CompanyRequest, member
from tenancy.posting import posted_from
from tenancy.requests import number, posted, words
from tenancy.roles import Role


@member()
@open_step(CODE_RECEIPT)
def show(request: CompanyRequest, application: Application) -> HttpResponse:
    return _page(request, application)


def _page(
    request: CompanyRequest,
    application: Application,
    *,
    question: str = "",
    refused: tuple[str, str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`question` is what was typed for support and could not be sent; `refused` says of which difference
    (kind, name) a decision was not taken, and why."""
    decisions = Prefetch("code_readings__decisions", CodeDecision.objects.select_related("decided_by"))
    only_read(application, decisions, "company__brands")
    reading = confirmation.latest_reading(application)
    comparison = confirmation.comparison(reading) if reading else None
    offers = offers_of(request, application, CODE_RECEIPT)
    record = offers.record
    return render(
        request,
        "onboarding/code_receipt.html",
        {
            "application": application,
            "offers": offers,
            "record": record,
            "reading": reading,
            "comparison": comparison,
            "contradiction": contradiction(reading) if reading else None,
            "theirs": written_by_iys(application) if record.state in AWAITED else None,
            "decided": _decided(reading, comparison) if reading and comparison else [],
            "brands": request.company.brands.all(),
            "question": question,
            "refused": refused,
            "clashed": record.reason == confirmation.CLASH,
            "proposal": forwarded.proposal(application) if offers.open_to_company("type") else None,
            "tracking": tracking_address(application.company).email,
            "thread": thread(application, step=CODE_RECEIPT),
        },
        status=status,
    )


def _decided(reading: CodeReading, comparison: Comparison) -> list[tuple[Difference, str, CodeDecision]]:
    """(difference, what was decided in words, who and when)."""
    rows = {(row.kind, row.name): row for row in reading.decisions.all()}
    return [
        (difference, confirmation.in_words(difference, decision), rows[difference.kind, difference.name])
        for difference, decision in comparison.decided
    ]


@member(Role.EDITOR)
@posted_from("onboarding:code_receipt")
@open_step(CODE_RECEIPT)
def settle(request: CompanyRequest, application: Application) -> HttpResponse:
    """One difference: decided, or its decision taken back."""
    about = confirmation.About(
        number(request.POST.get("reading", "")), request.POST.get("kind", ""), request.POST.get("name", "")
    )
    answer, actor = request.POST.get("answer", ""), actor_of(request)
    try:
        if answer == "reopen":
            confirmation.reopen_difference(application=application, about=about, actor=actor)
        else:
            same_as = request.POST.get("same_as", "")
            confirmation.settle_difference(
                application=application, about=about, answer=answer, same_as=same_as, actor=actor
            )
    except NotAllowed as refusal:
        return _page(request, application, refused=(about.kind, about.name, str(refusal)), status=422)
    return redirect(f"{reverse('onboarding:code_receipt')}#farklar")


@member(Role.EDITOR)
@open_step(CODE_RECEIPT)
def type_codes(request: CompanyRequest, application: Application) -> HttpResponse:
    offers = offers_of(request, application, CODE_RECEIPT)
    if not offers["type"]:
        messages.info(request, "Kodlar şu anda yazılamaz.")
        return redirect("onboarding:code_receipt")
    reading = confirmation.latest_reading(application)
    known = reading or getattr(application, "evidence", None)
    brands = known.brands if known else []
    names = [] if brands else list(request.company.brands.values_list("name", flat=True))
    form = CodesForm(
        posted(request),
        initial=_known(known, names or [request.company.trade_name[:150]]),
        known=len(brands) or len(names),
        application_number=application.iys_application_number,
    )
    if request.method == "POST" and form.is_valid():
        try:
            confirmation.type_codes(
                application=application,
                iys_code=form.cleaned_data["iys_code"],
                brands=form.brands,
                actor=actor_of(request),
                expected_version=expected_version(request),
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("onboarding:code_receipt")
    return render(
        request,
        "onboarding/code_typing.html",
        {"form": form, "record": offers.record},
        status=422 if form.errors else 200,
    )


def _known(written: CodeReading | Evidence | None, names: list[str]) -> dict[str, str]:
    """What was read or typed already, in step 1 too; of no brand more than the names that are known."""
    known = {"iys_code": written.iys_code} if written else {}
    brands = written.brands if written else []
    for row, brand in enumerate(brands or [{"name": name, "code": ""} for name in names], start=1):
        known |= {f"name_{row}": brand["name"], f"code_{row}": brand["code"]}
    return known


@member(Role.EDITOR)
@posted_from("onboarding:code_receipt")
@open_step(CODE_RECEIPT)
def use_mail(request: CompanyRequest, application: Application, pk: UUID) -> HttpResponse:
    """The codes of a mail that the company itself brought: taken for what it would have typed."""
    mail = get_object_or_404(request.company.mails, pk=pk)
    newest = forwarded.proposal(application)
    if newest is None or newest.pk != mail.pk:
        messages.info(request, "Bu e-postadaki kodlar artık onay beklemiyor.")
        return redirect("onboarding:code_receipt")
    with refusals_as_messages(request):
        forwarded.use(
            application=application, mail=mail, actor=actor_of(request), expected_version=expected_version(request)
        )
    return redirect("onboarding:code_receipt")


@member(Role.EDITOR)
@posted_from("onboarding:code_receipt")
@open_step(CODE_RECEIPT)
def use_iyss_codes(request: CompanyRequest, application: Application) -> HttpResponse:
    """One press takes what İYS wrote, where something else was typed or the step was opened again."""
    with refusals_as_messages(request):
        confirmation.use_iyss_codes(
            application=application, actor=actor_of(request), expected_version=expected_version(request)
        )
    return redirect("onboarding:code_receipt")


@member(Role.EDITOR)
@posted_from("onboarding:code_receipt")
def confirm(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    with refusals_as_messages(request):
        confirmation.confirm(
            application=application, actor=actor_of(request), expected_version=expected_version(request)
        )
        messages.success(request, "Kodlarınız onaylandı. Sıradaki adım: İleti paketi sözleşmesi.")
    return onward(request, application, CODE_RECEIPT)


@member(Role.EDITOR)
@posted_from("onboarding:code_receipt")
@open_step(CODE_RECEIPT)
def dispute(request: CompanyRequest, application: Application) -> HttpResponse:
    try:
        move_from(request, application, CODE_RECEIPT, frozenset({"dispute"}))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return _page(request, application, question=words(request, "reason"), status=422)
    messages.success(request, "Sorunuz destek ekibine iletildi.")
    return redirect("onboarding:code_receipt")
