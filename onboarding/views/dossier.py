"""Step 1, the data: the question about MERSİS, and the form of the 13 fields with its drafts."""

from collections.abc import Set as AbstractSet

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from documents import disclosure
from identifiers import masking
from onboarding.actions.pre_application import online, other_firm, submission
from onboarding.actor import NotAllowed
from onboarding.dossier import changes
from onboarding.forms.pre_application import MersisQuestion, OwnDossierForm
from onboarding.models import Application
from onboarding.overview import stage_bars
from onboarding.steps import PRE_APPLICATION
from onboarding.views import paper_values
from onboarding.views.application import actor_of, live_application_or_404, record_of
from onboarding.views.online import after_form
from onboarding.views.refusals import refusals_as_messages
from tenancy.access import CompanyRequest, member
from tenancy.requests import posted
from tenancy.roles import Role
from verification import gateway


@member(Role.EDITOR)
def mersis_question(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    if not any_open(submission.open_fields(application), {"has_mersis"}):
        return _closed(request)
    form = MersisQuestion(posted(request))
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            submission.fill_in(
                application=application, values=form.cleaned_data, complete=False, actor=actor_of(request)
            )
            return redirect("onboarding:dossier")
        return redirect("onboarding:pre_application")
    return render(request, "onboarding/mersis_question.html", {"form": form}, status=422 if form.errors else 200)


@member(Role.EDITOR)
def dossier_form(request: CompanyRequest) -> HttpResponse:
    """The 13 fields. What is valid is kept even when something else is not; nothing typed is lost."""
    application = live_application_or_404(request)
    form = _dossier(request, application)
    if form is None:
        return _closed(request)
    online_entry = _at_online_form(application)
    if request.method == "POST":
        with refusals_as_messages(request):
            _keep(request, application, form)
        if form.field_of_another is not None:
            other_firm.note(application=application, number=form.of_another[1], actor=actor_of(request))
        valid = not form.errors
        unkept = [name for name in form.errors if request.POST.get(name)]
        if paper_values.BUTTON in request.POST and not unkept:
            return paper_values.used(request)
        if valid or ("draft" in request.POST and not unkept):
            messages.success(request, "Bilgiler kaydedildi." if valid else "Taslak kaydedildi.")
            return after_form(request) if valid and online_entry else redirect("onboarding:pre_application")
    return render(
        request,
        "onboarding/dossier_form.html",
        {
            "form": form,
            "online_stages": stage_bars.online("form") if online_entry else None,
            "remarks": [each for each in changes.asked(application) if not each.key or each.key in form.fields],
            "stages": stage_bars.application(record_of(application, PRE_APPLICATION).state),
            "identity": masking.mask(application.application_form.signatory_identity) if online_entry else "",
            **paper_values.context(request, application, form),
        },
        status=422 if form.errors else 200,
    )


@member(Role.EDITOR)
@require_POST
def save_draft(request: CompanyRequest) -> HttpResponse:
    """What the page sends by itself while somebody types (static/js/portal.js); says only whether it was kept."""
    application = live_application_or_404(request)
    form = _dossier(request, application)
    if form is None:
        return HttpResponse(status=409)
    try:
        _keep(request, application, form)
    except NotAllowed:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


def _at_online_form(application: Application) -> bool:
    return record_of(application, PRE_APPLICATION).state == "form"


def _dossier(request: CompanyRequest, application: Application) -> OwnDossierForm | None:
    """The form with the fields that are open now; None when none is."""
    only = submission.open_fields(application)
    if not any_open(only, OwnDossierForm.base_fields.keys()):
        return None
    by_code = _at_online_form(application)
    return OwnDossierForm(
        paper_values.typed(request, application),
        company=application.company,
        form=application.application_form,
        only=only,
        fixed=online.fixed(application) if by_code else (),
        gets_code=by_code and gateway.configured(),
        founded_with="" if submission.corrections_asked(application) else application.company.full_tax_number,
    )


def _keep(request: CompanyRequest, application: Application, form: OwnDossierForm) -> None:
    """Keeps what is valid, also when something else is not. Raises NotAllowed when nothing may be written.

    From a page with an older disclosure text too: the identity number is in no page that comes back. From one with
    none nothing is kept.
    """
    valid = form.is_valid()
    if form.is_outdated and form.shown is None:
        return
    disclosure.note(form, user=request.user, company=request.company)
    kept = {name: value for name, value in form.cleaned_data.items() if name not in form.errors}
    submission.fill_in(application=application, values=kept, complete=valid, actor=actor_of(request))


def any_open(only: frozenset[str] | None, names: AbstractSet[str]) -> bool:
    """Whether any of these fields and documents is among the open ones; `only` as from `open_fields`."""
    return only is None or bool(only & names)


def _closed(request: CompanyRequest) -> HttpResponse:
    messages.info(request, "Başvuru bilgileri şu anda değiştirilemez.")
    return redirect("onboarding:pre_application")
