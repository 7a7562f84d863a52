"""The status of an application for anybody who knows its number and one of its addresses; no account needed."""

import time
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from identifiers import Refused
from limits import quotas
from limits.quotas import Quota
from onboarding.forms.status_query import StatusForm
from onboarding.models import Application
from onboarding.models.application import ApplicationQuerySet
from onboarding.overview import status_lookup
from onboarding.overview.public_status import status
from tenancy.requests import posted
from wall.standing import inside

SHOWN = "status"  # session key: which application, and until when (seconds since 1970)
# The address of somebody's account is none of the application's: whoever has one is told where it is good for
# something, whatever was typed.
NO_SUCH = (
    "Bu numara ve e-posta ile bir başvuru bulamadık. İkisini de başvuruda belirttiğiniz gibi yazın. Portala "
    "girdiğiniz adres başvurudaki adreslerden değilse burada geçmez; onunla giriş yapın."
)


def ask(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in need not ask. What does not fit gets one and the same answer, whatever it is."""
    if getattr(request, "membership", None):
        return redirect("status_page")
    form = StatusForm(posted(request))
    answer = 200
    if request.method == "POST" and form.is_valid():
        # Counted before it is known whether it fits, so that tries made at once are not more than those made one
        # after another; and by address alone: nobody uses up what others may ask about a number.
        who = quotas.asking(request)
        try:
            quotas.take(Quota.STATUS_FAILURES, **who)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return render(request, "onboarding/status_form.html", {"form": form}, status=429)
        found = status_lookup.find(number=form.cleaned_data["number"], email=form.cleaned_data["email"])
        if found is None:
            form.add_error(None, NO_SUCH)
            answer = 422
        else:
            quotas.give_back(Quota.STATUS_FAILURES, **who)
            # Who has put a session of their own into this browser does not get to see the answer with it.
            request.session.cycle_key()
            request.session[SHOWN] = [str(found), time.time() + settings.STATUS_PAGE_SECONDS]
            return redirect("status_page")
    elif form.errors:
        answer = 422
    return render(request, "onboarding/status_form.html", {"form": form}, status=answer)


def show(request: HttpRequest) -> HttpResponse:
    """For this browser alone, and for a while: the address says nothing of the application."""
    if (own := _own(request)) is not None:
        return _page(request, own)
    asked_for = _asked_for(request)
    company = status_lookup.company_of(asked_for) if asked_for else None
    if asked_for is None or company is None:
        return redirect("onboarding:board" if getattr(request, "company", None) else "status_form")
    with inside(company):
        return _page(request, _shown().get(pk=asked_for))


def _page(request: HttpRequest, application: Application) -> HttpResponse:
    return render(
        request,
        "onboarding/status_page.html",
        {"status": status(application), "partner": application.company.partner},
    )


def _own(request: HttpRequest) -> Application | None:
    company = getattr(request, "company", None)
    if not company:
        return None
    applications = _shown().filter(company=company)
    return applications.live().first() or applications.first()


def _shown() -> ApplicationQuerySet:
    return Application.objects.select_related("company__partner").prefetch_related("records")


def _asked_for(request: HttpRequest) -> UUID | None:
    """The application that this browser was answered about, until it has to ask again."""
    pk, until = request.session.get(SHOWN, (None, 0))
    return UUID(pk) if pk is not None and time.time() < until else None
