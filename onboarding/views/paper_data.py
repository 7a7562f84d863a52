"""What a paper lacks, asked for before it is made."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables

from onboarding.actions import paper_data
from onboarding.dossier import needed, signed
from onboarding.forms.paper_data import PaperDataForm
from onboarding.models import DocumentKind
from onboarding.views.application import actor_of, live_application_or_404
from onboarding.views.refusals import CLOSED_SINCE, refusals_as_messages, turned_away
from tenancy.access import CompanyRequest, member
from tenancy.requests import posted
from tenancy.roles import Role

# The page that each paper is for, and what it is called.
BACK = {
    needed.SALES_CONTRACT: ("onboarding:contract", "Sözleşme"),
    DocumentKind.ASSIGNMENT_BLANK.value: ("onboarding:partner_assignment", "Atama formu"),
    DocumentKind.ASSIGNMENT_TO_SIGN.value: ("onboarding:partner_assignment", "E-imzalanacak atama formu"),
}


@member(Role.EDITOR)
@sensitive_variables("form")
def show(request: CompanyRequest, paper: str) -> HttpResponse:
    application = live_application_or_404(request)
    if paper not in paper_data.PAPERS:
        raise Http404
    back, label = BACK[paper]
    fields = paper_data.askable(application, paper)
    if not fields:
        return turned_away(request, CLOSED_SINCE, to=back)
    form = PaperDataForm(
        posted(request),
        company=request.company,
        form=application.application_form,
        only=frozenset(fields),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            paper_data.fill(
                application=application, paper=paper, values=form.cleaned_data, actor=actor_of(request)
            )
            messages.success(request, "Bilgiler kaydedildi; belge bunlarla hazırlanır.")
        return redirect(back)
    return render(
        request,
        "onboarding/paper_data.html",
        {
            "form": form,
            "label": label,
            "step": paper_data.PAPERS[paper][0],
            "back": back,
            "signed": signed.form_warning(application),
        },
        status=422 if form.errors else 200,
    )
