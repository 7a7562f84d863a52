"""Recording what İYS said otherwise than by mail.

`find` gives the application of which who asks may record answers, or ends the request; `page` shows a form.
"""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from identifiers import Refused
from journal.parties import Party
from onboarding.admin.acting import expected_version
from onboarding.admin.forms import ToldAnswerForm
from onboarding.mail import answers
from onboarding.models import Application
from onboarding.steps import BY_KEY
from onboarding.views.refusals import refusals_as_messages
from onboarding.views.uploads import inspected
from tenancy.models import User
from tenancy.requests import posted


def answer(
    find: Callable[[HttpRequest, UUID], Application],
    page: Callable[..., HttpResponse],
    request: HttpRequest,
    pk: UUID,
    step: str,
    move: str,
) -> HttpResponse:
    """It moves the step like a verified mail."""
    application = find(request, pk)
    known = BY_KEY.get(step)
    row = next((row for row in known.moves if row.name == move), None) if known else None
    if known is None or row is None or Party.IYS not in row.by:
        return redirect("admin:onboarding_application_change", pk)
    record = application.records.get(step=step)
    form = ToldAnswerForm(posted(request), request.FILES or None, move=move, step=step)
    if form.is_valid():
        upload = form.cleaned_data["evidence"]
        try:
            evidence = inspected(upload) if upload else None
        except Refused as refusal:
            form.add_error("evidence", str(refusal))
        else:
            with refusals_as_messages(request, f"{known.title}: {row.label}"):
                answers.record(
                    application=application,
                    step=known,
                    move=move,
                    extracted=form.extracted,
                    user=cast(User, request.user),
                    note=form.cleaned_data["note"],
                    expected_version=expected_version(request),
                    evidence=evidence,
                    filename=upload.name if upload else "",
                )
            return redirect("admin:onboarding_application_change", pk)
    return page(request, application, form, f"İYS'nin yanıtını kaydet: {row.label}", record)
