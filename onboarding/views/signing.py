"""The e-signature (guide, 1.2): download, sign, hand in; also by others, who come by a mailed link."""

from collections.abc import Callable, Sequence
from functools import partial, wraps
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from documents import disclosure, storage
from documents.signatures.report import Report
from identifiers import Refused
from limits import quotas
from limits.quotas import Quota
from onboarding import tasks
from onboarding.actions import signing_links
from onboarding.actions.pre_application import e_signature
from onboarding.actor import NotAllowed
from onboarding.dossier import e_signed, identity_papers, undertaking
from onboarding.dossier.e_signed import SignedPaper
from onboarding.forms.online import HandOffForm, UploadByLinkForm
from onboarding.forms.pre_application import UploadForm
from onboarding.models import Application, HandOff
from onboarding.overview import stage_bars
from onboarding.steps import PRE_APPLICATION
from onboarding.views.application import actor_of, live_application_or_404, offers_of, only_read
from onboarding.views.next_screen import screen
from onboarding.views.refusals import CLOSED_SINCE, turned_away
from onboarding.views.uploads import signature_refused, signed_upload, taken
from tenancy.access import CompanyRequest, member
from tenancy.posting import posted_from
from tenancy.requests import by_script, posted, shown_at
from tenancy.roles import Role
from wall.crossings import Crossing
from wall.standing import crossing, inside

ByLink = Callable[[HttpRequest, UUID], HttpResponse]
CLOSED_LINK = "Bu imza bağlantısı artık açılmıyor; dosyanız alınmadı. Gönderen firmadan yeni bir bağlantı isteyin."
LINKS = "#imza-baglantisi"  # where both pages say to whom a link was sent
PARTLY = "İmza denetlendi ve alındı. Sırada birlikte imzalayacak kişi var."


@member(Role.EDITOR)
def sign(request: CompanyRequest) -> HttpResponse:
    """Download, and upload of what was signed; each check of a refused file is shown as a line."""
    application = live_application_or_404(request)
    if not e_signature.is_open(application):
        return turned_away(request, CLOSED_SINCE, to="onboarding:pre_application")
    form = UploadForm(posted(request), request.FILES or None)
    take = partial(e_signature.take_signed, application=application, actor=actor_of(request))
    report = signed_upload(request, form, take) if request.method == "POST" else None
    if report is not None and report.accepted:
        to = screen(live_application_or_404(request))
        return taken(request, "E-imzalı taahhütname denetlendi ve kabul edildi.", to=to)
    if report is not None and report.unfinished:
        return taken(request, PARTLY, to="onboarding:sign", stays=True)
    if request.method == "POST" and by_script(request):
        current = current_file(e_signed.UNDERTAKING)
        return signature_refused(request, form, report, back="onboarding:sign", current=current)
    failed = bool(form.errors or report)
    return _sign_page(request, application, form, report, status=422 if failed else 200)


def current_file(paper: SignedPaper) -> str:
    """Where somebody of the company downloads what is to be signed next."""
    return reverse("onboarding:paper", args=[paper.issued])


def _sign_page(
    request: CompanyRequest,
    application: Application,
    form: UploadForm,
    report: Report | None,
    *,
    hand_off: HandOffForm | None = None,
    status: int = 200,
) -> HttpResponse:
    only_read(application, "company__documents", "co_signatories")
    partly = e_signed.partly_signed(application, e_signed.UNDERTAKING)
    check = undertaking.current_check(application)
    lacking = undertaking.lacking_by(application, check)
    counts = not lacking and not e_signature.is_asked_anew(application)
    signings = e_signed.signings(application, check if counts else partly)
    offers = offers_of(request, application, PRE_APPLICATION)
    links = offers.links
    return render(
        request,
        "onboarding/online/sign.html",
        {
            "application": application,
            "offers": offers,
            "folded": bool(offers.awaited or (check and not lacking)),
            "form": form,
            "report": report,
            "current": current_file(e_signed.UNDERTAKING),
            "check": check,
            "partly": partly,
            "lacking": lacking,
            "signings": signings,
            "hand_off": hand_off or link_form(application, signings, links),
            "links": links,
            "issued": e_signed.issued(application, e_signed.UNDERTAKING),
            "stages": stage_bars.of_application(application),
            "online_stages": stage_bars.online("signing"),
        },
        status=status,
    )


def link_sent(request: CompanyRequest, application: Application, paper: SignedPaper, form: HandOffForm) -> bool:
    """Mails the link that the form asks for; otherwise the form says why not."""
    if not form.is_valid():
        return False
    email = form.cleaned_data["email"]
    try:
        quotas.take(Quota.LINKS, **quotas.asking(request, target=email))
        signing_links.send(
            application=application,
            paper=paper,
            email=email,
            actor=actor_of(request),
            unless_since=shown_at(request),
        )
    except (Refused, NotAllowed) as refusal:
        form.add_error("email", str(refusal))
        return False
    if e_signed.issued(application, paper) is None:
        tasks.ask_for_paper(application, paper.issued)
    messages.success(request, "İmza bağlantısı gönderildi.")
    return True


def link_form(
    application: Application, signings: Sequence[e_signed.Signing], links: list[HandOff], sent_with: str = ""
) -> HandOffForm | None:
    """Begins with the signatory's address, unless a link is on its way there or somebody has signed already; none
    when all have signed."""
    awaited = [each.name for each in signings if not each.is_done]
    known = application.application_form.signatory_email
    asked = len(awaited) < len(signings) or known in {link.email for link in links if link.holds}
    initial = {"email": "" if asked else known}
    return HandOffForm(initial=initial, sent_with=sent_with, awaited=awaited) if awaited else None


@member(Role.EDITOR)
@posted_from("onboarding:sign")
def hand_off(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    form = HandOffForm(request.POST)
    if link_sent(request, application, e_signed.UNDERTAKING, form):
        return redirect(f"{reverse('onboarding:sign')}{LINKS}")
    return _sign_page(request, application, UploadForm(), None, hand_off=form, status=422)


@member(Role.EDITOR)
@posted_from("onboarding:sign")
def revoke_hand_off(request: CompanyRequest, pk: UUID) -> HttpResponse:
    application = live_application_or_404(request)
    link = get_object_or_404(application.hand_offs, pk=pk)
    signing_links.revoke(link=link)
    messages.success(request, "Bağlantı geri alındı; artık açılmaz.")
    of_assignment = signing_links.paper_of(link) is e_signed.ASSIGNMENT
    return redirect("onboarding:partner_assignment" if of_assignment else "onboarding:sign")


def _link_or_404(request: HttpRequest, pk: UUID) -> HandOff:
    """The open link with this unguessable id. Whoever tries many finds a wall; who has one is not counted."""
    who = quotas.asking(request)
    quotas.take(Quota.LINK_FAILURES, **who)
    link = _link(pk)
    if link is None:
        raise Http404
    with inside(link.application.company_id):
        if not signing_links.usable(link):
            raise Http404
    quotas.give_back(Quota.LINK_FAILURES, **who)
    return link


def _link(pk: UUID) -> HandOff | None:
    with crossing(Crossing.SIGNING_LINK):
        return HandOff.objects.select_related("application__company__partner").filter(pk=pk).first()


def says_when_closed(
    view: Callable[[HttpRequest, UUID], HttpResponse],
) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """Whoever comes by a link that is not open any more hears what may be the matter and whom to ask."""

    @wraps(view)
    def inner(request: HttpRequest, pk: UUID) -> HttpResponse:
        try:
            return view(request, pk)
        except Http404:
            if by_script(request):
                return JsonResponse({"error": CLOSED_LINK}, status=404)
            return render(request, "onboarding/online/closed_link.html", status=404)

    return inner


@says_when_closed
def sign_by_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For a signatory without an account: one paper to download, one file to hand in, nothing else."""
    link = _link(pk)
    if link is not None and link.used_at is not None:
        company = link.application.company
        context = {"company": company, "partner": company.partner, "paper": signing_links.paper_of(link)}
        return render(request, "onboarding/online/signed_by_link.html", context)
    link = _link_or_404(request, pk)
    with inside(link.application.company_id):
        return _sign_by_link(request, link)


def _sign_by_link(request: HttpRequest, link: HandOff) -> HttpResponse:
    paper = signing_links.paper_of(link)
    form = UploadByLinkForm(posted(request), request.FILES or None)
    form.partner = link.application.company.partner
    if form.is_valid():
        disclosure.note(form, company=link.application.company, address=link.email, about=link.pk)
    take, current = partial(signing_links.take, link=link), reverse("onboarding:paper_by_link", args=[link.pk])
    report = signed_upload(request, form, take, by_link=link) if request.method == "POST" else None
    if report is not None and (report.accepted or report.unfinished):
        return JsonResponse({"next": request.path}) if by_script(request) else redirect(request.path)
    if request.method == "POST" and by_script(request):
        if form.is_outdated:
            # The newer text stands on the page alone.
            messages.warning(request, "Aydınlatma metni yenilendi. Metni okuyup dosyanızı yeniden seçin.")
            return JsonResponse({"next": request.path})
        return signature_refused(request, form, report, back=request.path, current=current)
    return render(
        request,
        "onboarding/online/sign_by_link.html",
        {
            "link": link,
            "paper": paper,
            "signings": e_signed.who_signs(link.application, paper),
            "company": link.application.company,
            "partner": link.application.company.partner,
            "form": form,
            "report": report,
            "current": current,
        },
        status=422 if form.errors or report else 200,
    )


@says_when_closed
def paper_by_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    link = _link_or_404(request, pk)
    wanted = signing_links.paper_of(link)
    with inside(link.application.company_id):
        paper = e_signed.to_sign(link.application, wanted)
        if paper is None:
            tasks.ask_for_paper(link.application, wanted.issued)
            back = reverse("onboarding:sign_by_link", args=[link.pk])
            context = {"label": wanted.issued.label, "back": back}
            return render(request, "onboarding/paper_waiting.html", context, status=202)
        identity_papers.note(paper, link.application.company, link.application, signing_links.holder())
        return storage.response(paper, inline=False)
