"""What is pressed beside a paper that is there: it goes, or it is said to be the one with the words of now."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from onboarding.actions import vouching
from onboarding.actions.pre_application import withdrawn_papers
from onboarding.models import Application
from onboarding.views.application import actor_of
from onboarding.views.refusals import refusals_as_messages
from tenancy.access import CompanyRequest
from tenancy.requests import uuid

# Names of buttons; the value of each is the document that was looked at.
TAKE_AWAY, VOUCH = "take_away", "vouch"
VOUCHED = "Yanıtınız kaydedildi: yüklediğiniz, yeni bilgilerle imzaladığınız belge."


def pressed(request: CompanyRequest, application: Application, kind: str, back: str) -> HttpResponse | None:
    """None when neither was, but a file was sent."""
    if TAKE_AWAY in request.POST:
        with refusals_as_messages(request):
            document = withdrawn_papers.take_away(
                application=application, kind=kind, pk=uuid(request.POST[TAKE_AWAY]), actor=actor_of(request)
            )
            messages.success(request, f"{document.name} kaldırıldı.")
        return redirect(back)
    if VOUCH in request.POST:
        with refusals_as_messages(request, VOUCHED):
            vouching.vouch(
                application=application, kind=kind, pk=uuid(request.POST[VOUCH]), actor=actor_of(request)
            )
        return redirect(back)
    return None
