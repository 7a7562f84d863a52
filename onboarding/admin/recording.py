"""Recording what İYS said otherwise than by mail.

`find` gives the attempt of which who asks may record answers, or ends the request; `page` shows a form.
"""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from identifiers import Refused
from onboarding.admin.acting import seen, told
from onboarding.admin.forms import ToldAnswerForm
from onboarding.machine import Party
from onboarding.mail import answers
from onboarding.models import Onboarding
from onboarding.steps import BY_KEY
from onboarding.views.uploads import inspected
from tenancy.models import User
from tenancy.requests import posted


def answer(
    find: Callable[[HttpRequest, UUID], Onboarding],
    page: Callable[..., HttpResponse],
    request: HttpRequest,
    pk: UUID,
    step: str,
    move: str,
) -> HttpResponse:
    """It moves the step like a verified mail."""
    attempt = find(request, pk)
    known = BY_KEY.get(step)
    row = next((row for row in known.moves if row.name == move), None) if known else None
    if known is None or row is None or Party.IYS not in row.by:
        return redirect("admin:onboarding_onboarding_change", pk)
    record = attempt.records.get(step=step)
    form = ToldAnswerForm(posted(request), request.FILES or None, move=move, step=step)
    if form.is_valid():
        upload = form.cleaned_data["evidence"]
        try:
            evidence = inspected(upload) if upload else None
        except Refused as refusal:
            form.add_error("evidence", str(refusal))
        else:
            with told(request, f"{known.title}: {row.label}"):
                answers.record(
                    onboarding=attempt,
                    step=known,
                    move=move,
                    facts=form.facts,
                    user=cast(User, request.user),
                    note=form.cleaned_data["note"],
                    seen=seen(request),
                    evidence=evidence,
                    filename=upload.name if upload else "",
                )
            return redirect("admin:onboarding_onboarding_change", pk)
    return page(request, attempt, form, f"İYS'nin yanıtını kaydet: {row.label}", record)
