"""The identity numbers of the company's own dossier in full, for its owners."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables

from onboarding.actions import identities
from onboarding.dossier import content
from onboarding.forms.identities import RevealForm
from onboarding.views.application import actor_of, attempt_of
from tenancy.access import CompanyRequest, member
from tenancy.requests import posted
from tenancy.roles import Role


@member(Role.OWNER)
@sensitive_variables()
def show(request: CompanyRequest) -> HttpResponse:
    """The number stands in the answer to this very post and nowhere else: no message, session or address has
    it."""
    application = attempt_of(request)
    lines = content.identities(application.application_form) if application is not None else ()
    if application is None or not lines:
        return redirect("onboarding:board")
    application.company = request.company
    form, shown = RevealForm(posted(request), lines=lines), None
    if form.is_valid():
        shown = identities.reveal(
            application=application, key=form.cleaned_data["number"], reason=form.reason, actor=actor_of(request)
        )
        form = RevealForm(None, lines=lines)
    return render(
        request, "onboarding/identity.html", {"form": form, "shown": shown}, status=422 if form.errors else 200
    )
