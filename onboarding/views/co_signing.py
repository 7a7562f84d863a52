"""Who signs together with the signatory: declared before a paper is signed, on paper or not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_variables

from documents import disclosure
from onboarding.actions import partner_assignment
from onboarding.actions.pre_application import co_signatories
from onboarding.actor import NotAllowed
from onboarding.dossier import content, signed
from onboarding.forms.co_signing import CoSignatoryForm
from onboarding.models import ChannelChoices
from onboarding.views.application import actor_of, live_application_or_404
from onboarding.views.refusals import CLOSED_SINCE, refusals_as_messages, turned_away
from tenancy.access import CompanyRequest, member
from tenancy.posting import posted_from
from tenancy.requests import posted
from tenancy.roles import Role


@member(Role.EDITOR)
@sensitive_variables("form")
def show(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    if not co_signatories.is_open(application):
        return turned_away(request, CLOSED_SINCE, to="onboarding:pre_application")
    on_paper = application.application_form.channel != ChannelChoices.ONLINE
    form = CoSignatoryForm(posted(request), on_paper=on_paper)
    form.partner = request.company.partner
    if request.method == "POST" and form.is_valid():
        disclosure.note(form, user=request.user, company=request.company)
        try:
            co_signatories.add(
                application=application,
                name=form.cleaned_data["name"],
                identity=form.cleaned_data["identity"],
                actor=actor_of(request),
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Müşterek imza yetkilisi eklendi.{_download_again(request)}")
            return redirect("onboarding:co_signatories")
    assigning, of_step_1 = partner_assignment.is_open(application), application.application_form
    return render(
        request,
        "onboarding/co_signatories.html",
        {
            "form": form,
            "signatory": application.application_form.signatory_name,
            "co_signatories": application.co_signatories.all(),
            "on_paper": on_paper,
            "assigning": assigning,
            "signed": signed.form_warning(application) if assigning else signed.warning(content.needs(of_step_1)),
        },
        status=422 if form.errors else 200,
    )


def _download_again(request: CompanyRequest) -> str:
    """Only who has downloaded the paper can do so again."""
    kinds = (*signed.ON_PAPER.values(), *signed.ELECTRONICALLY.values())
    made = request.company.documents.filter(kind__in=kinds)
    return " İmzalanacak belgeyi yeniden indirin." if made.exists() else ""


@member(Role.EDITOR)
@posted_from("onboarding:co_signatories")
def remove(request: CompanyRequest, pk: int) -> HttpResponse:
    application = live_application_or_404(request)
    found = get_object_or_404(application.co_signatories, pk=pk)
    with refusals_as_messages(request):
        co_signatories.remove(application=application, co_signatory=found, actor=actor_of(request))
        messages.success(request, f"Kişi çıkarıldı.{_download_again(request)}")
    return redirect("onboarding:co_signatories")
