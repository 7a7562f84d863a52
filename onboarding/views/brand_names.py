"""The names of brands on the manual channel: optional, and before İYS is told anything (guide, 1.1)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from identifiers import Refused
from onboarding.actions.pre_application import information_entry
from onboarding.actor import NotAllowed
from onboarding.forms.pre_application import BrandNameForm
from onboarding.views.application import actor_of, live_application_or_404
from onboarding.views.refusals import CLOSED_SINCE, turned_away
from onboarding.views.reviewing import way_back
from tenancy.access import CompanyRequest, member
from tenancy.requests import posted
from tenancy.roles import Role


@member(Role.EDITOR)
def show(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    if "brands" in information_entry.open_parts(application) or not information_entry.brands_are_open(application):
        return turned_away(request, CLOSED_SINCE, to="onboarding:pre_application")
    form = BrandNameForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            information_entry.save_brand(
                application=application,
                brand=None,
                name=form.cleaned_data["name"],
                reached={},
                certificate=None,
                filename="",
                actor=actor_of(request),
            )
        except (Refused, NotAllowed) as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"“{form.cleaned_data['name']}” eklendi.")
            return redirect("onboarding:brand_names")
    return render(
        request,
        "onboarding/brand_names.html",
        {"form": form, "brands": request.company.brands.all(), "back": way_back(request)},
        status=422 if form.errors else 200,
    )
