"""Which way the company goes: found by three questions at the start, changed later from the board."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from onboarding import applications
from onboarding.actions import way
from onboarding.forms.fields import MersisField
from onboarding.forms.way import WayForm
from onboarding.gate import Route
from onboarding.models import ChannelChoices
from onboarding.overview import proposed_way
from onboarding.steps import PANEL_SETTINGS, PRE_APPLICATION
from onboarding.views.application import actor_of, attempt_of
from onboarding.views.next_screen import onward
from onboarding.views.refusals import refusals_as_messages
from onboarding.ways import Signing, taken
from tenancy.access import CompanyRequest, member
from tenancy.roles import Role

# The button of a browser without script; only its press says that all was answered that was to be.
SHOW = "goster"
# What a page sends along that has said that the application is closed by another route.
CLOSES = "kapatir"


@member(Role.EDITOR)
def show(request: CompanyRequest) -> HttpResponse:
    """The questions are answered in the address, so that looking changes nothing; taking a way is a POST."""
    if request.method == "POST":
        return _take(request)
    application = attempt_of(request)
    answered_so_far = any(name in request.GET for name in (*WayForm.base_fields, SHOW))
    live = application if application is not None and application.closed_at is None else None
    way_now = taken(Route(live.route), live.application_form.channel) if live is not None else None
    form = WayForm(
        request.GET if answered_so_far else None,
        trade_name=request.company.trade_name,
        way=way_now,
        has_mersis=live.application_form.has_mersis if live is not None else None,
    )
    found = form.found
    answered = form.cleaned_data.get("has_mersis") if found else None
    return render(
        request,
        "onboarding/route.html",
        {
            "form": form,
            "asked_for": SHOW in request.GET,
            "proposal": proposed_way.proposal(found, has_mersis=answered) if found else None,
            "has_mersis": MersisField.word(answer=answered),
            "signing": form.cleaned_data.get("signing") if found else None,
            "ways": proposed_way.every(),
            "live": live,
            "way_now": proposed_way.TITLES[way_now] if way_now else "",
            "settled": live is not None and applications.is_settled(live),
            "may_close": request.membership.role == Role.OWNER,
        },
    )


def _take(request: CompanyRequest) -> HttpResponse:
    route, channel = request.POST.get("route", ""), request.POST.get("channel", "")
    if route not in {*Route} or (channel and channel not in ChannelChoices.values):
        messages.error(request, "Yollardan birini seçin.")
        return redirect("onboarding:route")
    with refusals_as_messages(request):
        application = way.take(
            company=request.company,
            route=Route(route),
            channel=ChannelChoices(channel) if channel else None,
            has_mersis=MersisField.SAID.get(request.POST.get("has_mersis", "")),
            is_foreign=request.POST.get("signing") == Signing.FOREIGN,
            actor=actor_of(request),
            closes=CLOSES in request.POST,
        )
        return onward(request, application, PRE_APPLICATION if route == Route.FULL else PANEL_SETTINGS)
    live = applications.live_application(request.company)
    unwarned = CLOSES not in request.POST and live is not None and applications.is_settled(live)
    return redirect("onboarding:route" if unwarned else "onboarding:board")
