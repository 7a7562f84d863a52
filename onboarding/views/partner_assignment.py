"""Step 5: the assignment form by letter, or İYS's own panel."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from brands.models import Channel
from identifiers import Refused
from onboarding.actions import partner_assignment
from onboarding.actor import NotAllowed
from onboarding.dossier import papers, undertaking
from onboarding.forms.pre_application import UploadForm
from onboarding.letters import drafts
from onboarding.models import Assignment, Onboarding
from onboarding.overview.board import thread
from onboarding.steps import PARTNER_ASSIGNMENT
from onboarding.views.attempt import (
    actor_of,
    approved_letter,
    live_attempt_or_404,
    move_from,
    open_step,
    record_of,
    seen_version,
    told,
)
from onboarding.views.uploads import inspected, refused, signed_upload
from tenancy.access import CompanyRequest, member

BUTTONS = frozenset({"use_panel", "use_form", "retry"})


@member()
@open_step(PARTNER_ASSIGNMENT)
def show(request: CompanyRequest, attempt: Onboarding) -> HttpResponse:
    return _page(request, attempt)


def _page(request: CompanyRequest, attempt: Onboarding, *, status: int = 200, **more: object) -> HttpResponse:
    found = Assignment.of(attempt)
    return render(
        request,
        "onboarding/partner_assignment.html",
        {
            "attempt": attempt,
            "record": record_of(attempt, PARTNER_ASSIGNMENT),
            "assignment": found,
            "choice": attempt.package_choice,
            "channels": Channel.choices,
            "chosen_channels": found.channels,
            "signable": papers.assignment_to_sign(attempt) is not None,
            "people": undertaking.people(attempt),
            "check": partner_assignment.signature_check(attempt),
            "changed_since_signing": partner_assignment.changed_since_signing(attempt),
            "ticks": partner_assignment.panel_points(attempt),
            "thread": thread(attempt, step=PARTNER_ASSIGNMENT),
            **more,
        },
        status=status,
    )


@member("editor")
@require_POST
def upload(request: CompanyRequest) -> HttpResponse:
    attempt = live_attempt_or_404(request)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return refused(request, str(form.errors["file"][0]), back="onboarding:partner_assignment")
    try:
        found = inspected(form.cleaned_data["file"])
    except Refused as refusal:
        return refused(request, str(refusal), back="onboarding:partner_assignment")
    with told(request):
        partner_assignment.hand_in_form(
            onboarding=attempt, inspected=found, filename=form.cleaned_data["file"].name, actor=actor_of(request)
        )
        return redirect("onboarding:review_assignment")
    return redirect("onboarding:partner_assignment")


@member("editor")
@require_POST
@open_step(PARTNER_ASSIGNMENT)
def channels(request: CompanyRequest, attempt: Onboarding) -> HttpResponse:
    wanted = request.POST.getlist("channels")
    try:
        put_aside = partner_assignment.choose_channels(
            onboarding=attempt, channels=wanted, actor=actor_of(request)
        )
    except NotAllowed as refusal:
        if record_of(attempt, PARTNER_ASSIGNMENT).state == "preparing":
            return _page(request, attempt, status=422, chosen_channels=wanted, channels_error=str(refusal))
        messages.error(request, str(refusal))
        return redirect("onboarding:partner_assignment")
    if put_aside:
        messages.warning(request, "Kanallar değişti: yeni formu indirip yeniden imzalayın.")
    else:
        messages.success(request, "Yetki verilecek kanallar kaydedildi.")
    return redirect("onboarding:partner_assignment")


@member("editor")
@require_POST
@open_step(PARTNER_ASSIGNMENT)
def sign(request: CompanyRequest, attempt: Onboarding) -> HttpResponse:
    """Takes the e-signed form; each check of a refused file is shown as a line."""
    form = UploadForm(request.POST, request.FILES)
    take = partial(partner_assignment.take_signed, onboarding=attempt, actor=actor_of(request))
    report = signed_upload(form, take, of=attempt.pk)
    if report is not None and report.accepted:
        messages.success(request, "E-imzalı atama formu denetlendi ve kabul edildi.")
        return redirect("onboarding:review_assignment")
    return _page(request, attempt, status=422, signing=form, report=report)


@member()
@open_step(PARTNER_ASSIGNMENT)
def review(request: CompanyRequest, attempt: Onboarding) -> HttpResponse:
    """The letter exactly as it will go; the owner's click sends the form on its way."""
    record = record_of(attempt, PARTNER_ASSIGNMENT)
    found = Assignment.of(attempt)
    if record.state != "preparing" or found.signed_form is None:
        return redirect("onboarding:partner_assignment")
    if request.method == "POST":
        if request.membership.role != "owner":
            return render(request, "403.html", status=403)
        with told(request):
            partner_assignment.submit(
                onboarding=attempt,
                actor=actor_of(request),
                seen=seen_version(request),
                approved=approved_letter(request),
            )
            messages.success(request, "Formunuz alındı; destek ekibimiz kontrol edip İYS'ye gönderecek.")
        return redirect("onboarding:partner_assignment")
    draft = drafts.assignment_to_iys(attempt, PARTNER_ASSIGNMENT, "")
    return render(
        request,
        "onboarding/assignment_review.html",
        {
            "record": record,
            "assignment": found,
            "draft": draft,
            "check": partner_assignment.signature_check(attempt),
            "changed_since_signing": partner_assignment.changed_since_signing(attempt),
        },
    )


@member("editor")
@require_POST
def move(request: CompanyRequest) -> HttpResponse:
    with told(request):
        move_from(request, live_attempt_or_404(request), PARTNER_ASSIGNMENT, BUTTONS)
    return redirect("onboarding:partner_assignment")


@member("editor")
@require_POST
@open_step(PARTNER_ASSIGNMENT)
def claim(request: CompanyRequest, attempt: Onboarding) -> HttpResponse:
    ticks = request.POST.getlist("ticks")
    try:
        partner_assignment.claim(
            onboarding=attempt, ticks=ticks, actor=actor_of(request), seen=seen_version(request)
        )
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return _page(request, attempt, status=422, ticked=ticks)
    messages.success(request, "Teşekkürler; atamanızı doğrulayıp size haber vereceğiz.")
    return redirect("onboarding:partner_assignment")
