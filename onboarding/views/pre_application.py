"""Step 1 by the manual channel: question, data, papers, documents, cargo, review."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from identifiers import Refused
from onboarding import tasks
from onboarding.actions import paper_data
from onboarding.actions.pre_application import cargo, channel, parcel, submission, withdrawn_papers
from onboarding.actor import NotAllowed
from onboarding.dossier import changes, content, e_signed, page_counts, papers, readings, signed, undertaking
from onboarding.forms.dossier import DossierForm
from onboarding.forms.pre_application import CARRIERS, CargoForm, ChannelForm
from onboarding.letters import drafts
from onboarding.models import Application, ApplicationForm, ChannelChoices, DocumentKind
from onboarding.overview import proposed_way, stage_bars
from onboarding.overview.threads import thread
from onboarding.steps import PRE_APPLICATION, STATUS_QUERY
from onboarding.views import paper_values
from onboarding.views.application import (
    actor_of,
    expected_version,
    letter_digest,
    live_application_or_404,
    offers_of,
    only_read_dossier,
    open_step,
)
from onboarding.views.chosen import forget, handed_in
from onboarding.views.next_screen import ELSEWHERE, onward
from onboarding.views.paper_buttons import pressed
from onboarding.views.refusals import refusals_as_messages, turned_away
from onboarding.views.reviewing import beside, folded, named, way_back
from onboarding.views.uploads import not_asked_for, refused
from onboarding.views.work import any_open
from partners.models import IysContact
from tenancy.access import CompanyRequest, member
from tenancy.posting import posted_from
from tenancy.requests import posted
from tenancy.roles import Role

CORRECTIONS = "İYS'nin istediği düzeltmeler"


@member()
@open_step(PRE_APPLICATION)
def show(request: CompanyRequest, application: Application) -> HttpResponse:
    """The task list while the dossier is open; afterwards where the application is."""
    offers = offers_of(request, application, PRE_APPLICATION)
    record, form = offers.record, application.application_form
    only_read_dossier(application, "company__brands__certificate")
    needs, opened = content.needs(form), submission.open_record(application)
    by_iys = opened is not None and opened.step == STATUS_QUERY.key
    asking = offers_of(request, application, STATUS_QUERY) if by_iys else offers
    asked = changes.asked(application)
    if offers.may_go_on and record.state in ELSEWHERE:
        return redirect(ELSEWHERE[record.state])
    if offers["go_online"] and form.channel != ChannelChoices.MANUAL:
        return redirect("onboarding:route")
    if offers["hand_in"] and form.has_mersis is None:
        return redirect("onboarding:mersis_question")
    return render(
        request,
        "onboarding/pre_application.html",
        {
            **(_tasks(application, needs, asked) if opened else {}),
            "heading": CORRECTIONS if by_iys else "",
            "application": application,
            "offers": offers,
            "asking": asking,
            "record": record,
            "form": form,
            "is_open": opened is not None,
            "handed_in": [need for need in needs if need.document is not None],
            "remarks": asked,
            "lines": _lines(form),
            "evidence": getattr(application, "evidence", None),
            "parcel": parcel.of(application, offered=offers["record_cargo"]),
            "stages": stage_bars.of_application(application),
            "check": undertaking.current_check(application) if form.channel == ChannelChoices.ONLINE else None,
            "signings": e_signed.who_signs(application, e_signed.UNDERTAKING) if record.state == "signing" else (),
            "brands": application.company.brands.all(),
            **(_entered(form) if not opened and form.channel == ChannelChoices.ONLINE else {}),
            "thread": thread(application, step=asking.step),
        },
    )


def _entered(form: ApplicationForm) -> dict[str, object]:
    """What the online channel alone asks for of brands and of last year."""
    return {"told_brands": content.brand_lines(form), "figures": content.figure_lines(form)}


def _tasks(
    application: Application, needs: Sequence[content.Need], asked: Sequence[changes.Asked]
) -> dict[str, object]:
    """What the task list shows of the papers and of what is missing, while the dossier is open."""
    form, only = application.application_form, submission.open_fields(application)
    to_correct = {each.key for each in asked if not each.is_done}
    outdated = [need.kind for need in needs if signed.is_outdated(application, need.document)]
    open_kinds = [need.kind for need in needs if any_open(only, {need.kind})]
    asked_since = _corrections_asked_since(application)
    # The paper that was signed anew since then stays in sight.
    settled = [
        need
        for need in needs
        if asked_since is not None
        and need.kind not in open_kinds
        and (need.document is None or need.document.created_at < asked_since)
    ]
    corrected_first = signed.corrected_first(application, asked)
    return {
        # A paper that cannot come anew yet has nothing to add to the old one either.
        "open_kinds": [kind for kind in open_kinds if not (corrected_first and kind == DocumentKind.UNDERTAKING)],
        "needs": [need for need in needs if need not in settled],
        "settled": settled,
        "corrected_first": corrected_first,
        "sign_anew": parcel.sign_anew(application, needs),
        "is_undertaking_settled": any(need.kind == DocumentKind.UNDERTAKING for need in settled),
        "may_grow": [need.kind for need in needs if page_counts.may_grow(application, need.document)],
        "may_change": [need.kind for need in needs if page_counts.may_change(application, need.document)],
        "may_take_away": withdrawn_papers.removable(application, [need.kind for need in needs]),
        "read": readings.beside(form),
        "missing": submission.missing(application),
        "outdated": outdated,
        "doubt": next(filter(None, (signed.doubt(application, need.document) for need in needs)), ""),
        "to_correct": to_correct,
        "data_to_correct": bool(to_correct & DossierForm.base_fields.keys()),
        "undertaking_due": any(
            need.kind == DocumentKind.UNDERTAKING and (need.document is None or need.kind in outdated)
            for need in needs
        ),
        "co_signatories": application.co_signatories.all(),
        "entry_parts": submission.reopened_entry(application),
    }


def _corrections_asked_since(application: Application) -> datetime | None:
    """None where the company writes by itself."""
    record = submission.open_record(application)
    return record.since if record is not None and submission.corrections_asked(application) else None


def _lines(form: ApplicationForm) -> list[content.Line]:
    """Whoever applied at İYS's own site was asked for none of them here: what is not known is no line."""
    applied, told = form.channel == ChannelChoices.APPLIED, content.told(form)
    known = {line.key for line in told}
    more = [each for each in beside(form.application.company) if each.value and each.key not in known]
    shown = [*(line for line in told if line.value or not applied), *more]
    return [replace(line, label=named(line, form)) for line in shown]


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
@posted_from("onboarding:pre_application")
def upload(request: CompanyRequest, kind: str) -> HttpResponse:
    application = live_application_or_404(request)
    if kind not in paper_values.uploadable(request, application):
        raise not_asked_for(application, kind)
    label, back = DocumentKind(kind).label, paper_values.back(request)
    before = application.company.documents.current().of_kind(kind).first()
    if answer := pressed(request, application, kind, back):
        return answer
    try:
        new = handed_in(request, kind)
        document = submission.hand_in(
            application=application,
            kind=DocumentKind(kind),
            inspected=new.pdf,
            filename=new.filename,
            onto=new.onto,
            actor=actor_of(request),
        )
    except (Refused, NotAllowed) as refusal:
        return refused(request, str(refusal), about=str(label), back=back)
    forget(new.at)
    said = f"{label} yüklendi." if document != before else f"Bu dosya zaten yüklü: {document.name}."
    said = new.said(document, said)
    return paper_values.taken_in(request, application, document, new.pdf, said)


# Where one goes on with each paper: the page with its button, and the place where it is handed in.
ASKED_FROM = {
    DocumentKind.UNDERTAKING_BLANK: ("pre_application", "#belge-undertaking"),
    DocumentKind.UNDERTAKING_TO_SIGN: ("sign", ""),
    DocumentKind.ADDRESS_LABEL: ("cargo", ""),
    DocumentKind.ASSIGNMENT_BLANK: ("partner_assignment", "#imza"),
    DocumentKind.ASSIGNMENT_TO_SIGN: ("partner_assignment", "#imza"),
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
    page, place = ASKED_FROM[wanted]
    context = {"label": wanted.label, "back": reverse(f"onboarding:{page}") + way_back(request).query + place}
    return render(request, "onboarding/paper_waiting.html", context, status=202)


@member(Role.EDITOR)
def report_cargo(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    if request.method == "GET" and not offers_of(request, application, PRE_APPLICATION)["record_cargo"]:
        messages.info(request, "Bu başvuruda İYS'ye kargoyla bir şey gönderilmiyor.")
        return redirect("onboarding:pre_application")
    dossier = application.application_form
    known = model_to_dict(dossier.parcel) if dossier.parcel else {}
    form = CargoForm(posted(request), initial=known, is_sent=bool(known))
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            cargo.record(application=application, actor=actor_of(request), **form.cleaned_data)
            messages.success(request, "Kargo bilgisi kaydedildi.")
        return redirect("onboarding:pre_application")
    return render(
        request,
        "onboarding/cargo.html",
        {
            "form": form,
            "carriers": CARRIERS,
            "iys": IysContact.current(),
            "application": application,
            "back": way_back(request),
            "parcel": parcel.of(application, offered=True),
        },
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
    only_read_dossier(application, *content.FROZEN)
    form = application.application_form
    needs = content.needs(form)
    offers = offers_of(request, application, record.definition)
    draft = submission.letter_to_approve(application, record)
    read = readings.beside(form)
    return render(
        request,
        "onboarding/review.html",
        {
            "application": application,
            "offers": offers,
            "may_submit": offers[move],
            "record": record,
            "form": form,
            "read": read,
            **folded(offers, needs, read),
            "may_grow": [need.kind for need in needs if page_counts.may_grow(application, need.document)],
            "brands": content.brand_lines(form),
            "by_name": form.channel == ChannelChoices.MANUAL,
            "parcel": parcel.of(application, offered=offers["record_cargo"]),
            "figures": content.figure_lines(form),
            "entry_parts": submission.reopened_entry(application),
            "remarks": changes.asked(application) if submission.corrections_asked(application) else (),
            "missing": submission.missing(application),
            "draft": draft,
            "text": drafts.masked_text(draft, request.company) if draft else "",
            "on_behalf": form.on_behalf,
        },
    )


@member(Role.OWNER)
@posted_from("onboarding:pre_application")
def submit(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    record, again = submission.open_record(application), application.submissions.exists()
    step = record.definition if record else PRE_APPLICATION
    with refusals_as_messages(request):
        submission.submit(
            application=application,
            actor=actor_of(request),
            expected_version=expected_version(request),
            letter_digest=letter_digest(request),
        )
        if again:  # of the first the page that comes says it
            messages.success(request, "Düzeltmeniz alındı.")
    return onward(request, application, step)
