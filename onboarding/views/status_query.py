"""Step 2: where the application stands at İYS."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from correspondence.addresses import tracking_address
from correspondence.models import Mail, MailStatus
from correspondence.reading.classification import Kind
from onboarding.dossier import corrections
from onboarding.mail import forwarded
from onboarding.models import Onboarding
from onboarding.overview.board import thread
from onboarding.overview.public_status import status
from onboarding.steps import STATUS_QUERY
from onboarding.transitions import perform
from onboarding.views.attempt import actor_of, live_attempt_or_404, open_step, record_of, seen_version, told
from tenancy.access import CompanyRequest, member


@member()
@open_step(STATUS_QUERY)
def show(request: CompanyRequest, attempt: Onboarding) -> HttpResponse:
    record = record_of(attempt, STATUS_QUERY)
    return render(
        request,
        "onboarding/status_query.html",
        {
            "attempt": attempt,
            "record": record,
            "status": status(attempt),
            "rounds": corrections.rounds(attempt),
            "proposal": forwarded.proposal(attempt),
            "tracking": tracking_address(attempt.company).email,
            "continue_url": _continue_url(attempt) if record.state == "continue_link" else "",
            "thread": thread(attempt, step=STATUS_QUERY),
        },
    )


def _continue_url(attempt: Onboarding) -> str:
    """İYS's newest link; empty when it was said on the telephone. A mail that was not believed leads nowhere."""
    links = Mail.objects.filter(
        subject_id=attempt.pk,
        company=attempt.company,
        kind=Kind.CONTINUE_LINK,
        status=MailStatus.APPLIED,
    )
    newest = links.order_by("-taken_in_at").first()
    return str(newest.facts.get("continue_url", "")) if newest else ""


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
