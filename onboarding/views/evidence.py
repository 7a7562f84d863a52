"""Step 1 for a company that has applied at İYS's own site: the numbers, and a paper that shows them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from correspondence.addresses import tracking_address
from onboarding.actions.pre_application import already_applied, submission
from onboarding.actor import NotAllowed
from onboarding.dossier import changes, content
from onboarding.forms import aged
from onboarding.forms.online import EvidenceForm
from onboarding.models import Application, DocumentKind, Evidence
from onboarding.steps import PRE_APPLICATION
from onboarding.views import autosave
from onboarding.views.application import actor_of, expected_version, offers_of, open_step
from onboarding.views.chosen import Chosen, chosen, place
from onboarding.views.refusals import turned_away
from onboarding.views.uploads import tell
from tenancy.access import CompanyRequest, member
from tenancy.requests import by_itself, posted
from tenancy.roles import Role


@member(Role.EDITOR, autosaved=True)
@open_step(PRE_APPLICATION)
def show(request: CompanyRequest, application: Application) -> HttpResponse:
    """Draft and handing over are one form: an editor saves, the owner hands over."""
    offers = offers_of(request, application, PRE_APPLICATION)
    record = offers.record
    if not offers["keep_evidence"]:
        return turned_away(request, offers.why_not("give_evidence"), to="onboarding:pre_application")
    if by_itself(request):
        form = EvidenceForm(posted(request), initial=_known(application))
        form.is_valid()
        kept = form.kept()
        already_applied.keep(application=application, **kept)
        return autosave.answer(form, kept, EvidenceForm(initial=_known(application)))
    document = content.needs(application.application_form)[0].document
    is_draft = "draft" in request.POST or not offers["give_evidence"]
    shown = chosen(request, place(request, DocumentKind.EVIDENCE), "file")
    form = EvidenceForm(
        posted(request),
        initial=_known(application),
        paper=shown,
        needs_paper=document is None and not is_draft,
    )
    if request.method == "POST" and form.is_valid() and _taken(request, application, form, shown):
        if is_draft:
            already_applied.keep(application=application, **form.cleaned_data)
            messages.success(request, "Kaydedildi.")
            return redirect("onboarding:evidence")
        try:
            already_applied.hand_over(
                application=application,
                actor=actor_of(request),
                expected_version=expected_version(request),
                **form.cleaned_data,
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Destek ekibine gönderildi.")
            return redirect("onboarding:pre_application")
    return render(
        request,
        "onboarding/evidence.html",
        {
            "form": form,
            "before": aged.hidden(EvidenceForm(initial=_known(application))),
            "offers": offers,
            "application": application,
            "record": record,
            "remarks": changes.asked(application),
            "document": document,
            "tracking": tracking_address(request.company).email,
        },
        status=422 if form.errors else 200,
    )


def _known(application: Application) -> dict[str, object]:
    shown = Evidence.objects.filter(application=application).first()
    if shown is None:
        return {}
    return {
        "iys_application_number": shown.iys_application_number,
        "iys_code": shown.iys_code,
        "brands": "\n".join(f"{brand['name']}, {brand['code']}" for brand in shown.brands),
        "note": shown.note,
    }


def _taken(request: CompanyRequest, application: Application, form: EvidenceForm, shown: Chosen) -> bool:
    """Keeps the paper, if one came along; False when it may not be kept."""
    if shown.pdf is None:
        return True
    try:
        submission.hand_in(
            application=application,
            kind=DocumentKind.EVIDENCE,
            inspected=shown.pdf,
            filename=shown.filename,
            actor=actor_of(request),
        )
    except NotAllowed as refusal:
        form.add_error("file", str(refusal))
        return False
    shown.done()
    tell(request, shown.pdf)
    return True
