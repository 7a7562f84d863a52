"""Step 2: where the application stands at İYS."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from correspondence.addresses import tracking_address
from correspondence.models import Mail, MailStatus
from correspondence.reading.kinds import Kind
from onboarding.actions.pre_application import parcel
from onboarding.dossier import content, corrections
from onboarding.mail import forwarded
from onboarding.models import Application
from onboarding.overview.public_status import status
from onboarding.overview.threads import thread
from onboarding.steps import STATUS_QUERY
from onboarding.steps.status_query import StatusQuery
from onboarding.transitions import perform
from onboarding.views.application import (
    actor_of,
    expected_version,
    live_application_or_404,
    offers_of,
    open_step,
)
from onboarding.views.refusals import refusals_as_messages
from tenancy.access import CompanyRequest, member
from tenancy.posting import posted_from
from tenancy.roles import Role


@member()
@open_step(STATUS_QUERY)
def show(request: CompanyRequest, application: Application) -> HttpResponse:
    offers = offers_of(request, application, STATUS_QUERY)
    rounds = corrections.rounds(application)
    return render(
        request,
        "onboarding/status_query.html",
        {
            "application": application,
            "offers": offers,
            "record": offers.record,
            "status": status(application),
            "rounds": rounds,
            # What is open stands above already, with what to do about it.
            "told": [each.without_open() for each in rounds],
            "sign_anew": parcel.sign_anew(application, content.needs(application.application_form))
            if offers.record.state == StatusQuery.CORRECTING
            else "",
            "proposal": forwarded.proposal(application),
            "tracking": tracking_address(application.company).email,
            "continue_url": _continue_url(application) if offers.open_to_company("continued") else "",
            "thread": thread(application, step=STATUS_QUERY),
        },
    )


def _continue_url(application: Application) -> str:
    """İYS's newest link; empty when it was said on the telephone. A mail that was not believed leads nowhere."""
    links = Mail.objects.filter(
        application_id=application.pk,
        company=application.company,
        kind=Kind.CONTINUE_LINK,
        status=MailStatus.APPLIED,
    )
    newest = links.order_by("-received_at").first()
    return str(newest.extracted.get("continue_url", "")) if newest else ""


@member(Role.EDITOR)
@posted_from("onboarding:status_query")
def continued(request: CompanyRequest) -> HttpResponse:
    with refusals_as_messages(request):
        perform(
            application=live_application_or_404(request),
            step=STATUS_QUERY,
            move="continued",
            actor=actor_of(request),
            expected_version=expected_version(request),
        )
    return redirect("onboarding:status_query")
