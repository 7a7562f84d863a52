"""Step 2: where the application stands at İYS."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from correspondence.models import Mail
from correspondence.reading import Kind
from onboarding import stages
from onboarding.board import WHOSE_TURN, thread
from onboarding.machine import Party
from onboarding.models import Onboarding
from onboarding.steps import STATUS_QUERY
from onboarding.transitions import perform
from onboarding.views.attempt import actor_of, live_attempt_or_404, open_step, record_of, seen_version, told
from tenancy.access import CompanyRequest, member


@member()
@open_step(STATUS_QUERY)
def show(request: CompanyRequest, attempt: Onboarding) -> HttpResponse:
    record = record_of(attempt, STATUS_QUERY)
    link = (
        Mail.objects.filter(subject_id=attempt.pk, company=request.company, kind=Kind.CONTINUE_LINK)
        .order_by("-taken_in_at")
        .first()
    )
    return render(
        request,
        "onboarding/status_query.html",
        {
            "attempt": attempt,
            "record": record,
            "turn": WHOSE_TURN[Party(record.turn)] if record.turn else "",
            "stages": stages.application("sent" if record.state == "approved" else "sending"),
            "remarks": attempt.remarks.filter(step=STATUS_QUERY.key, settled_at=None),
            "continue_url": link.facts["continue_url"] if link and record.state == "continue_link" else "",
            "thread": thread(attempt),
        },
    )


@member("editor")
@require_POST
def continued(request: CompanyRequest) -> HttpResponse:
    with told(request):
        perform(
            onboarding=live_attempt_or_404(request),
            step=STATUS_QUERY,
            move="continued",
            actor=actor_of(request),
            seen=seen_version(request),
        )
    return redirect("onboarding:status_query")
