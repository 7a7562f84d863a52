"""Step 5: the assignment form by letter, or İYS's own panel."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from identifiers import Refused
from onboarding.actions import partner_assignment
from onboarding.actor import NotAllowed
from onboarding.dossier import e_signed, needed, page_counts, papers, signed
from onboarding.forms.online import HandOffForm
from onboarding.forms.pre_application import UploadForm
from onboarding.letters import drafts
from onboarding.models import Application, Assignment, ChannelChoices, DocumentKind
from onboarding.overview import returned_form
from onboarding.overview.threads import thread
from onboarding.steps import PARTNER_ASSIGNMENT
from onboarding.views.application import (
    actor_of,
    expected_version,
    letter_digest,
    live_application_or_404,
    move_from,
    offers_of,
    only_read,
    open_step,
)
from onboarding.views.chosen import forget, handed_in
from onboarding.views.paper_buttons import pressed
from onboarding.views.refusals import CLOSED_SINCE, refusals_as_messages, turned_away
from onboarding.views.signing import LINKS, PARTLY, current_file, link_form, link_sent
from onboarding.views.uploads import refused, signature_refused, signed_upload, taken
from tenancy.access import CompanyRequest, member
from tenancy.posting import posted_from
from tenancy.requests import by_script
from tenancy.roles import Role

# What is downloaded with the channels as they are ticked.
FORMS = frozenset({DocumentKind.ASSIGNMENT_BLANK.value, DocumentKind.ASSIGNMENT_TO_SIGN.value})
# The id of the form of the channels: a link is sent with them, and its paper says them.
CHANNELS = "form-channels"
# Of a page that is shown again, what was refused while the form was being e-signed.
E_SIGNING = frozenset({"signing", "report", "hand_off"})
BUTTONS = frozenset({"use_panel", "use_form", "retry", "unclaim"})


@member()
@open_step(PARTNER_ASSIGNMENT)
def show(request: CompanyRequest, application: Application) -> HttpResponse:
    return _page(request, application)


def _page(request: CompanyRequest, application: Application, *, status: int = 200, **more: object) -> HttpResponse:
    _only_read(application)
    found = Assignment.of(application)
    offers = offers_of(request, application, PARTNER_ASSIGNMENT)
    partly = e_signed.partly_signed(application, e_signed.ASSIGNMENT)
    links = offers.links
    signable = papers.paper_of(application, DocumentKind.ASSIGNMENT_TO_SIGN) is not None
    changed = partner_assignment.changed_since_signing(application)
    returned = returned_form.of(application)
    check = partner_assignment.signature_check(application)
    signings = e_signed.signings(application, check if check and not changed and not partly else partly)
    begun = bool(partly or links or E_SIGNING & more.keys())
    return render(
        request,
        "onboarding/partner_assignment.html",
        {
            "application": application,
            "offers": offers,
            "record": offers.record,
            "preparing": offers.open_to_company("submit"),
            "assignment": found,
            "choice": application.package_choice,
            "channels": application.package_choice.of_channel.items(),
            "chosen_channels": found.channels,
            "lacks": needed.refused(application, DocumentKind.ASSIGNMENT_BLANK),
            "signable": signable,
            "signings": signings,
            "electronic": signable and _signs_electronically(application, found, begun=begun),
            "partly": partly,
            "current": current_file(e_signed.ASSIGNMENT),
            "hand_off": link_form(application, signings, links, CHANNELS),
            "links": links,
            "check": check,
            "changed_since_signing": changed,
            "will_sign_anew": signed.form_warning(application),
            "doubt": signed.doubt(application, found.signed_form),
            "returned": returned,
            "form_stands": bool(found.signed_form and not changed and (returned is None or returned.replaced)),
            "form_doubts": partner_assignment.form_doubts(application),
            "may_grow": page_counts.may_grow(application, found.signed_form),
            "may_change": page_counts.may_change(application, found.signed_form),
            "ticks": partner_assignment.panel_points(application),
            "thread": thread(application, step=PARTNER_ASSIGNMENT),
            **more,
        },
        status=status,
    )


def _only_read(application: Application) -> None:
    only_read(application, "co_signatories", "company__brands", "company__documents")


def _signs_electronically(application: Application, found: Assignment, *, begun: bool) -> bool:
    """Which way of signing stands open: the one that was begun, else the one that was chosen in step 1."""
    if found.signed_form is None or begun:
        return begun or application.application_form.channel == ChannelChoices.ONLINE
    return found.signed_form.kind == DocumentKind.ASSIGNMENT_SIGNED


@member(Role.EDITOR)
@posted_from("onboarding:partner_assignment")
def upload(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    back = "onboarding:partner_assignment"
    if answer := pressed(request, application, DocumentKind.ASSIGNMENT_FORM, back):
        return answer
    try:
        new = handed_in(request, DocumentKind.ASSIGNMENT_FORM)
        form = partner_assignment.hand_in_form(
            application=application,
            inspected=new.pdf,
            filename=new.filename,
            onto=new.onto,
            actor=actor_of(request),
        )
    except (Refused, NotAllowed) as refusal:
        return refused(request, str(refusal), back=back)
    forget(new.at)
    said = new.said(form, "Atama formu yüklendi.")
    kept = live_application_or_404(request)
    doubted = signed.is_doubted(kept, form) or bool(partner_assignment.form_doubts(kept))
    to = back if doubted else "onboarding:review_assignment"
    return taken(request, said, new.pdf, to=to, onto=form.pk, doubted=doubted)


@member(Role.EDITOR)
@posted_from("onboarding:partner_assignment")
@open_step(PARTNER_ASSIGNMENT)
def channels(request: CompanyRequest, application: Application) -> HttpResponse:
    """Keeps what is ticked; a button that downloads the form does so first, so that it says what is ticked."""
    wanted = request.POST.getlist("channels")
    try:
        outdated = partner_assignment.choose_channels(
            application=application, channels=wanted, actor=actor_of(request)
        )
    except NotAllowed as refusal:
        return _channels_refused(request, application, refusal, wanted)
    paper = request.POST.get("paper", "")
    if outdated:
        messages.warning(request, "Kanallar değişti: yeni formu indirip yeniden imzalayın.")
    if paper in FORMS:
        return redirect("onboarding:paper", paper)
    if not outdated:
        messages.success(request, "Yetki verilecek kanallar kaydedildi.")
    return redirect("onboarding:partner_assignment")


def _channels_refused(
    request: CompanyRequest, application: Application, refusal: NotAllowed, wanted: list[str], **more: object
) -> HttpResponse:
    """Beside the boxes while they are there, else on the page of the step that has moved on."""
    if offers_of(request, application, PARTNER_ASSIGNMENT)["prepare_form"]:
        more |= {"chosen_channels": wanted, "channels_error": str(refusal)}
        return _page(request, application, status=422, **more)
    messages.error(request, str(refusal))
    return redirect("onboarding:partner_assignment")


@member(Role.EDITOR)
@posted_from("onboarding:partner_assignment")
@open_step(PARTNER_ASSIGNMENT)
def sign(request: CompanyRequest, application: Application) -> HttpResponse:
    """Takes the e-signed form; each check of a refused file is shown as a line."""
    form = UploadForm(request.POST, request.FILES)
    take = partial(partner_assignment.take_signed, application=application, actor=actor_of(request))
    report = signed_upload(request, form, take)
    if report is not None and report.accepted:
        return taken(
            request, "E-imzalı atama formu denetlendi ve kabul edildi.", to="onboarding:review_assignment"
        )
    if report is not None and report.unfinished:
        return taken(request, PARTLY, to="onboarding:partner_assignment")
    if by_script(request):
        back, current = "onboarding:partner_assignment", current_file(e_signed.ASSIGNMENT)
        return signature_refused(request, form, report, back=back, current=current)
    return _page(request, application, status=422, signing=form, report=report)


@member(Role.EDITOR)
@posted_from("onboarding:partner_assignment")
@open_step(PARTNER_ASSIGNMENT)
def hand_off(request: CompanyRequest, application: Application) -> HttpResponse:
    """Keeps what is ticked, so that the form says it, and mails a signatory the link to sign it."""
    form, wanted = HandOffForm(request.POST, sent_with=CHANNELS), request.POST.getlist("channels")
    try:
        partner_assignment.choose_channels(application=application, channels=wanted, actor=actor_of(request))
    except NotAllowed as refusal:
        return _channels_refused(request, application, refusal, wanted, hand_off=form)
    application = live_application_or_404(request)  # with the channels as they are ticked now
    if link_sent(request, application, e_signed.ASSIGNMENT, form):
        return redirect(f"{reverse('onboarding:partner_assignment')}{LINKS}")
    return _page(request, application, status=422, hand_off=form)


@member()
@open_step(PARTNER_ASSIGNMENT)
def review(request: CompanyRequest, application: Application) -> HttpResponse:
    """The letter exactly as it will go; the owner's click sends the form on its way."""
    offers = offers_of(request, application, PARTNER_ASSIGNMENT)
    found = Assignment.of(application)
    if not offers.open_to_company("submit") or found.signed_form is None:
        return turned_away(request, CLOSED_SINCE, to="onboarding:partner_assignment")
    returned = returned_form.of(application)
    if returned is not None and not returned.replaced:
        return turned_away(request, returned_form.NOT_AGAIN, to="onboarding:partner_assignment")
    if request.method == "POST":
        if not offers.role.includes(PARTNER_ASSIGNMENT.move("submit").role):
            return render(request, "403.html", status=403)
        with refusals_as_messages(request):
            partner_assignment.submit(
                application=application,
                actor=actor_of(request),
                expected_version=expected_version(request),
                letter_digest=letter_digest(request),
            )
            messages.success(request, "Formunuz alındı.")
        return redirect("onboarding:partner_assignment")
    _only_read(application)
    draft = drafts.assignment_to_iys(application, PARTNER_ASSIGNMENT, "")
    return render(
        request,
        "onboarding/assignment_review.html",
        {
            "offers": offers,
            "record": offers.record,
            "returned": returned,
            "is_same_again": returned is not None and returned_form.is_same_again(application, returned),
            "assignment": found,
            "draft": draft,
            "text": drafts.masked_text(draft, request.company),
            "check": partner_assignment.signature_check(application),
            "changed_since_signing": partner_assignment.changed_since_signing(application),
            "form_doubts": partner_assignment.form_doubts(application),
            "may_grow": page_counts.may_grow(application, found.signed_form),
        },
    )


@member(Role.EDITOR)
@posted_from("onboarding:partner_assignment")
def move(request: CompanyRequest) -> HttpResponse:
    with refusals_as_messages(request):
        move_from(request, live_application_or_404(request), PARTNER_ASSIGNMENT, BUTTONS)
    return redirect("onboarding:partner_assignment")


@member(Role.EDITOR)
@posted_from("onboarding:partner_assignment")
@open_step(PARTNER_ASSIGNMENT)
def claim(request: CompanyRequest, application: Application) -> HttpResponse:
    ticks = request.POST.getlist("ticks")
    try:
        partner_assignment.claim(
            application=application,
            ticks=ticks,
            actor=actor_of(request),
            expected_version=expected_version(request),
        )
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return _page(request, application, status=422, ticked=ticks)
    messages.success(request, "Teşekkürler, bildiriminiz alındı.")
    return redirect("onboarding:partner_assignment")
