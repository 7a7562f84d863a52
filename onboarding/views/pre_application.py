"""Step 1 by the manual channel: question, data, papers, documents, cargo, review."""

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from identifiers import Refused
from onboarding import tasks
from onboarding.actions import paper_data
from onboarding.actions.pre_application import cargo, channel, submission, withdrawn_papers
from onboarding.actor import NotAllowed
from onboarding.dossier import changes, content, e_signed, papers, readings, signed, undertaking
from onboarding.forms.pre_application import CargoForm, ChannelForm
from onboarding.letters import drafts
from onboarding.models import Application, ApplicationForm, Cargo, ChannelChoices, DocumentKind, Evidence
from onboarding.overview import proposed_way, stage_bars
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
)
from onboarding.views.chosen import forget, handed_in, place
from onboarding.views.next_screen import ELSEWHERE, onward
from onboarding.views.offers import any_open
from onboarding.views.refusals import refusals_as_messages, turned_away
from onboarding.views.reviewing import rows
from onboarding.views.uploads import refused
from partners.models import IysContact
from tenancy.access import CompanyRequest, member
from tenancy.old_pages import Overtaken
from tenancy.requests import posted, uuid
from tenancy.roles import Role

TAKE_AWAY = "take_away"  # its value is the document that was looked at


@member()
@open_step(PRE_APPLICATION)
def show(request: CompanyRequest, application: Application) -> HttpResponse:
    """The task list while the dossier is open; afterwards where the application is."""
    offers = offers_of(request, application, PRE_APPLICATION)
    record, form = offers.record, application.application_form
    needs, only = content.needs(form), submission.open_fields(application)
    outdated = [need.kind for need in needs if signed.is_outdated(application, need.document)]
    if offers.mine and record.state in ELSEWHERE:
        return redirect(ELSEWHERE[record.state])
    if offers["go_online"] and form.channel != ChannelChoices.MANUAL:
        return redirect("onboarding:route")
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
            "open_kinds": [need.kind for need in needs if any_open(only, {need.kind})],
            "needs": needs,
            "may_take_away": withdrawn_papers.removable(application, [need.kind for need in needs]),
            "handed_in": [need for need in needs if need.document is not None],
            "read": readings.beside(form),
            "missing": submission.missing(application),
            "outdated": outdated,
            "undertaking_due": any(
                need.kind == DocumentKind.UNDERTAKING and (need.document is None or need.kind in outdated)
                for need in needs
            ),
            "remarks": changes.asked(application),
            "lines": _lines(form),
            "evidence": Evidence.objects.filter(application=application).first(),
            "cargo": Cargo.objects.filter(application=application).first(),
            "stages": stage_bars.of_steps(application.standings()),
            "check": undertaking.current_check(application) if form.channel == ChannelChoices.ONLINE else None,
            "co_signatories": application.co_signatories.all(),
            "brands": application.company.brands.select_related("certificate"),
            "entry_parts": submission.reopened_entry(application),
            "thread": thread(application, step=PRE_APPLICATION),
        },
    )


def _lines(form: ApplicationForm) -> list[content.Line]:
    """Whoever applied at İYS's own site was asked for none of them here: what is not known is no line."""
    applied = form.channel == ChannelChoices.APPLIED
    return [line for line in (*content.lines(form), *content.together(form)) if line.value or not applied]


@member(Role.EDITOR)
@open_step(PRE_APPLICATION)
def choose_channel(request: CompanyRequest, application: Application) -> HttpResponse:
    """What to have at hand, and which way to go."""
    if why := channel.why_not(application):
        return turned_away(request, why, to="onboarding:pre_application")
    form = ChannelForm(posted(request), initial={"channel": application.application_form.channel})
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            channel.choose(
                application=application,
                channel=ChannelChoices(form.cleaned_data["channel"]),
                actor=actor_of(request),
            )
        return onward(request, application, PRE_APPLICATION)
    return render(
        request,
        "onboarding/channel.html",
        {"form": form, "ways": [each for each in proposed_way.every() if each.way.channel]},
        status=422 if form.errors else 200,
    )


@member(Role.EDITOR)
@require_POST
def upload(request: CompanyRequest, kind: str) -> HttpResponse:
    application = live_application_or_404(request)
    if kind not in paper_values.uploadable(request, application):
        raise _not_asked_for(application, kind)
    label, at, back = DocumentKind(kind).label, place(request, kind), paper_values.back(request)
    before = application.company.documents.current().of_kind(kind).first()
    if TAKE_AWAY in request.POST:
        return _taken_away(request, application, kind, back)
    try:
        found, filename = handed_in(request, at)
        document = submission.hand_in(
            application=application,
            kind=DocumentKind(kind),
            inspected=found,
            filename=filename,
            actor=actor_of(request),
        )
    except (Refused, NotAllowed) as refusal:
        return refused(request, str(refusal), about=str(label), back=back)
    forget(at)
    said = f"{label} yüklendi." if document != before else f"Bu dosya zaten yüklü: {document.name}."
    return paper_values.taken_in(request, application, DocumentKind(kind), found, said)


def _not_asked_for(application: Application, kind: str) -> Http404:
    """For a page that is still open from before the channel, or the answer about MERSİS, was changed."""
    if kind not in DocumentKind.values:
        return Http404()
    way, label = application.application_form.channel, DocumentKind(kind).label
    now = "için henüz yol seçilmedi;"
    if way:
        now = f"şimdi “{ChannelChoices(way).label}” yoluyla sürüyor; bu haliyle"
    why = f"Bu sayfa eskimiş: başvurunuz {now} “{label}” istenmiyor. Dosyanız kaydedilmedi."
    return Overtaken(why, to="onboarding:pre_application")


def _taken_away(request: CompanyRequest, application: Application, kind: str, back: str) -> HttpResponse:
    with refusals_as_messages(request):
        document = withdrawn_papers.take_away(
            application=application, kind=kind, pk=uuid(request.POST[TAKE_AWAY]), actor=actor_of(request)
        )
        messages.success(request, f"{document.name} kaldırıldı.")
    return redirect(back)


# The page with the button of each paper.
ASKED_FROM = {
    DocumentKind.UNDERTAKING_BLANK: "pre_application",
    DocumentKind.UNDERTAKING_TO_SIGN: "sign",
    DocumentKind.ADDRESS_LABEL: "cargo",
    DocumentKind.ASSIGNMENT_BLANK: "partner_assignment",
    DocumentKind.ASSIGNMENT_TO_SIGN: "partner_assignment",
}


@member(Role.EDITOR)
def paper(request: CompanyRequest, kind: str) -> HttpResponse:
    """A paper to sign or print: given out when it is there, else rendered by a worker while the page waits."""
    application = live_application_or_404(request)
    if kind not in papers.PAPERS:
        raise Http404
    wanted = DocumentKind(kind)
    if papers.PAPERS[wanted](application) is None:
        if kind in paper_data.PAPERS and paper_data.askable(application, kind):
            return redirect("onboarding:paper_data", kind)
        messages.error(request, f"{wanted.label} için önce başvuru bilgilerini tamamlayın.")
        return redirect("onboarding:board")
    signed = e_signed.BY_ISSUED.get(kind)
    found = e_signed.to_sign(application, signed) if signed else papers.ready(application, wanted)
    if found is not None:
        return redirect(f"{reverse('onboarding:document', args=[found.pk])}?indir")
    tasks.ask_for_paper(application, wanted)
    context = {"label": wanted.label, "back": reverse(f"onboarding:{ASKED_FROM[wanted]}")}
    return render(request, "onboarding/paper_waiting.html", context, status=202)


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
    needs, only = content.needs(form), submission.open_fields(application)
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
            "rows": list(rows(application, offers)),
            "needs": needs,
            "open_kinds": [need.kind for need in needs if any_open(only, {need.kind})],
            "brands": content.brand_lines(form),
            "by_name": form.channel == ChannelChoices.MANUAL,
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
    application = live_application_or_404(request)
    record = submission.open_record(application)
    with refusals_as_messages(request):
        submission.submit(
            application=application,
            actor=actor_of(request),
            expected_version=expected_version(request),
            letter_digest=letter_digest(request),
        )
        messages.success(request, _received(application))
    return onward(request, application, record.definition if record else PRE_APPLICATION)


def _received(application: Application) -> str:
    if application.application_form.channel == ChannelChoices.ONLINE:
        asks = "Destek ekibimiz inceleyecek; sonra markalarınızı ve geçen yılın sayılarını soracağız."
    else:
        asks = "Destek ekibimiz inceleyip İYS'ye gönderecek."
    return f"Başvurunuz alındı. {asks}"
