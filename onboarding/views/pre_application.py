"""Step 1 by the manual channel: question, data, papers, documents, cargo, review."""

from collections.abc import Set as AbstractSet

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from identifiers import Refused, masking, places
from onboarding import tasks
from onboarding.actions.pre_application import cargo, channel, online, submission
from onboarding.actor import NotAllowed
from onboarding.dossier import changes, content, papers, readings, undertaking
from onboarding.forms.pre_application import CargoForm, ChannelForm, DossierForm, MersisQuestion, UploadForm
from onboarding.letters import drafts
from onboarding.models import Application, Cargo, ChannelChoices, DocumentKind
from onboarding.overview import stage_bars
from onboarding.overview.board import thread
from onboarding.steps import PRE_APPLICATION
from onboarding.views import paper_values
from onboarding.views.application import (
    actor_of,
    expected_version,
    letter_digest,
    live_application_or_404,
    offers_of,
    open_step,
    record_of,
)
from onboarding.views.online import after_form
from onboarding.views.refusals import refusals_as_messages, turned_away
from onboarding.views.uploads import inspected, refused, tell
from partners.models import IysContact
from tenancy.access import CompanyRequest, member
from tenancy.requests import posted
from tenancy.roles import Role
from verification import gateway

# The screen of each state in which the company goes on; the manual channel's is this one.
SCREENS = {
    "email_code": "onboarding:email_code",
    "query": "onboarding:query",
    "form": "onboarding:dossier",
    "signing": "onboarding:sign",
    "info_entry": "onboarding:info_entry",
    "evidence": "onboarding:evidence",
}


@member()
@open_step(PRE_APPLICATION)
def show(request: CompanyRequest, application: Application) -> HttpResponse:
    """The task list while the dossier is open; afterwards where the application is."""
    offers = offers_of(request, application, PRE_APPLICATION)
    record, form = offers.record, application.application_form
    needs, only = content.needs(form), submission.open_fields(application)
    if offers.mine and record.state in SCREENS:
        return redirect(SCREENS[record.state])
    if offers["go_online"] and form.channel != ChannelChoices.MANUAL:
        return redirect("onboarding:channel")
    if offers["hand_in"] and form.has_mersis is None:
        return redirect("onboarding:mersis_question")
    return render(
        request,
        "onboarding/pre_application.html",
        {
            "application": application,
            "offers": offers,
            "record": record,
            "form": form,
            "is_open": submission.open_record(application) is not None,
            "open_kinds": [need.kind for need in needs if _any_open(only, {need.kind})],
            "needs": needs,
            "read": readings.beside(form),
            "missing": submission.missing(application),
            "remarks": changes.asked(application),
            "lines": (*content.lines(form), *content.together(form)),
            "cargo": Cargo.objects.filter(application=application).first(),
            "stages": stage_bars.application(record.state),
            "check": undertaking.current_check(application) if form.channel == ChannelChoices.ONLINE else None,
            "cargo_runs": cargo.is_open(application),
            "co_signatories": application.co_signatories.all(),
            "brands": application.company.brands.all(),
            "entry_parts": submission.reopened_entry(application),
            "thread": thread(application, step=PRE_APPLICATION),
        },
    )


@member(Role.EDITOR)
@open_step(PRE_APPLICATION)
def choose_channel(request: CompanyRequest, application: Application) -> HttpResponse:
    """What to have at hand, and which way to go."""
    if not channel.may_choose(application):
        why = "Başvuru yolu şu anda değiştirilemez."
        return turned_away(request, why, to="onboarding:pre_application")
    form = ChannelForm(posted(request), initial={"channel": application.application_form.channel})
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            channel.choose(
                application=application,
                channel=ChannelChoices(form.cleaned_data["channel"]),
                actor=actor_of(request),
            )
        return redirect("onboarding:pre_application")
    return render(request, "onboarding/channel.html", {"form": form}, status=422 if form.errors else 200)


@member(Role.EDITOR)
def mersis_question(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    if not _any_open(submission.open_fields(application), {"has_mersis"}):
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
            **paper_values.context(application, form),
            "districts": sorted({name for names in places.PROVINCES.values() for name in names}),
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


def _dossier(request: CompanyRequest, application: Application) -> DossierForm | None:
    """The form with the fields that are open now; None when none is."""
    only = submission.open_fields(application)
    if not _any_open(only, DossierForm.base_fields.keys()):
        return None
    by_code = _at_online_form(application)
    return DossierForm(
        paper_values.typed(request, application),
        company=application.company,
        form=application.application_form,
        only=only,
        fixed=online.fixed(application) if by_code else (),
        gets_code=by_code and gateway.configured(),
        founded_with="" if submission.corrections_asked(application) else application.company.full_tax_number,
    )


def _keep(request: CompanyRequest, application: Application, form: DossierForm) -> None:
    """Keeps what is valid, also when something else is not. Raises NotAllowed when nothing may be written."""
    valid = form.is_valid()
    kept = {name: value for name, value in form.cleaned_data.items() if name not in form.errors}
    submission.fill_in(application=application, values=kept, complete=valid, actor=actor_of(request))


def _any_open(only: frozenset[str] | None, names: AbstractSet[str]) -> bool:
    """Whether any of these fields and documents is among the open ones; `only` as from `open_fields`."""
    return only is None or bool(only & names)


def _closed(request: CompanyRequest) -> HttpResponse:
    messages.info(request, "Başvuru bilgileri şu anda değiştirilemez.")
    return redirect("onboarding:pre_application")


@member(Role.EDITOR)
@require_POST
def upload(request: CompanyRequest, kind: str) -> HttpResponse:
    application = live_application_or_404(request)
    if kind not in paper_values.uploadable(request, application):
        raise Http404
    back = paper_values.back(request)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return refused(request, f"{DocumentKind(kind).label}: {form.errors['file'][0]}", back=back)
    try:
        found = inspected(request, form.cleaned_data["file"])
    except Refused as refusal:
        return refused(request, f"{DocumentKind(kind).label}: {refusal}", back=back)
    with refusals_as_messages(request):
        submission.hand_in(
            application=application,
            kind=DocumentKind(kind),
            inspected=found,
            filename=form.cleaned_data["file"].name,
            actor=actor_of(request),
        )
        messages.success(request, f"{DocumentKind(kind).label} yüklendi.")
        tell(request, found)
        paper_values.tell(request, application, DocumentKind(kind))
    return redirect(back)


@member(Role.EDITOR)
def paper(request: CompanyRequest, kind: str) -> HttpResponse:
    """A paper to sign or print: given out when it is there, else rendered by a worker while the page waits."""
    application = live_application_or_404(request)
    if kind not in papers.PAPERS:
        raise Http404
    wanted = DocumentKind(kind)
    if papers.PAPERS[wanted](application) is None:
        messages.error(request, f"{wanted.label} için önce başvuru bilgilerini tamamlayın.")
        return redirect("onboarding:board")
    to_sign_on = wanted == DocumentKind.UNDERTAKING_TO_SIGN
    found = undertaking.to_sign(application) if to_sign_on else papers.ready(application, wanted)
    if found is not None:
        return redirect("onboarding:document", found.pk)
    tasks.ask_for_paper(application, wanted)
    return render(request, "onboarding/paper_waiting.html", {"label": wanted.label}, status=202)


@member(Role.EDITOR)
def report_cargo(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    if request.method == "GET" and not offers_of(request, application, PRE_APPLICATION)["record_cargo"]:
        messages.info(request, "Bu başvuruda İYS'ye kargoyla bir şey gönderilmiyor.")
        return redirect("onboarding:pre_application")
    found = Cargo.objects.filter(application=application).first()
    known = model_to_dict(found) if found else {}
    form = CargoForm(posted(request), initial=known)
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            cargo.record(application=application, actor=actor_of(request), **form.cleaned_data)
            messages.success(request, "Kargo bilgisi kaydedildi.")
        return redirect("onboarding:pre_application")
    return render(
        request,
        "onboarding/cargo.html",
        {"form": form, "iys": IysContact.current(), "application": application},
        status=422 if form.errors else 200,
    )


@member()
def review(request: CompanyRequest) -> HttpResponse:
    """Everything once more, and the letter exactly as it will go; the owner's click approves both."""
    application = live_application_or_404(request)
    record = submission.open_record(application)
    if record is None:
        return redirect("onboarding:board")
    move = submission.SUBMITTING_MOVES.get((record.step, record.state))
    if move is None:
        return redirect("onboarding:pre_application")
    form = application.application_form
    offers = offers_of(request, application, record.definition)
    draft = submission.letter_to_approve(application, record)
    return render(
        request,
        "onboarding/review.html",
        {
            "application": application,
            "offers": offers,
            "may_submit": offers[move],
            "record": record,
            "lines": (*content.lines(form), *content.together(form)),
            "needs": content.needs(form),
            "brands": content.brand_lines(form),
            "figures": content.figure_lines(form),
            "entry_parts": submission.reopened_entry(application),
            "missing": submission.missing(application),
            "draft": draft,
            "text": drafts.masked_text(draft, request.company) if draft else "",
            "on_behalf": form.on_behalf,
        },
    )


@member(Role.OWNER)
@require_POST
def submit(request: CompanyRequest) -> HttpResponse:
    with refusals_as_messages(request):
        submission.submit(
            application=live_application_or_404(request),
            actor=actor_of(request),
            expected_version=expected_version(request),
            letter_digest=letter_digest(request),
        )
        messages.success(request, "Başvurunuz alındı. Destek ekibimiz inceleyip İYS'ye gönderecek.")
    return redirect("onboarding:board")
