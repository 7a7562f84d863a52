"""Step 4: figures and package, request, offer, contract, payment."""

from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from correspondence.addresses import tracking_address
from correspondence.outgoing.failures import Failure, failure
from onboarding.actions import package_contract
from onboarding.actions.pre_application.online import own_address
from onboarding.actor import NotAllowed
from onboarding.dossier import needed
from onboarding.forms.package_contract import CountsForm, OwnPackageForm, PaymentForm
from onboarding.letters import drafts
from onboarding.models import Application, ContractAcceptance, DocumentKind, PackageChoice, StepRecord
from onboarding.overview.threads import thread
from onboarding.steps import PACKAGE_CONTRACT
from onboarding.steps.package_contract import PackageContract
from onboarding.views.application import (
    actor_of,
    client_address,
    expected_version,
    letter_digest,
    live_application_or_404,
    move_from,
    offers_of,
    open_step,
)
from onboarding.views.chosen import chosen, place
from onboarding.views.offers import Offers
from onboarding.views.refusals import refusals_as_messages, turned_away
from onboarding.views.uploads import tell
from support.views import room_to_ask
from tenancy.access import CompanyRequest, member
from tenancy.posting import posted_from
from tenancy.requests import posted
from tenancy.roles import Role

BUTTONS = frozenset({"request_seen", "choose_again"})
# The ways of asking for the offer: a move each, and a form in templates/onboarding/ways/.
WAYS = {"portal": "request", "account": "request_by_account", "own": "use_own_mail"}


@member()
@open_step(PACKAGE_CONTRACT)
def show(request: CompanyRequest, application: Application) -> HttpResponse:
    return _page(request, application, OwnPackageForm())


@member(Role.EDITOR)
@open_step(PACKAGE_CONTRACT)
def own_package(request: CompanyRequest, application: Application) -> HttpResponse:
    """Tells support of a package that needs no offer."""
    form = OwnPackageForm(posted(request))
    offers = offers_of(request, application, PACKAGE_CONTRACT)
    if request.method != "POST" or not offers["tell_own_package"]:
        return redirect("onboarding:package_contract")
    if form.is_valid() and room_to_ask(request, form):
        page = reverse("onboarding:package_contract")
        package_contract.tell_own_package(application=application, by=request.user, text=form.question, page=page)
        messages.success(request, "Paketiniz destek ekibine iletildi. Yanıt gelince size yazarız.")
        return redirect("onboarding:board")
    return _page(request, application, form)


def _page(request: CompanyRequest, application: Application, own_package: OwnPackageForm) -> HttpResponse:
    offers = offers_of(request, application, PACKAGE_CONTRACT)
    choice = getattr(application, "package_choice", None)
    offer, *earlier_offers = application.offers.select_related("pdf") or [None]
    if choice is None and offers["choose_package"]:
        return redirect("onboarding:choose_package")
    return render(
        request,
        "onboarding/package_contract.html",
        {
            "application": application,
            "offers": offers,
            "record": offers.record,
            "choice": choice,
            "package_question": offers.with_support,
            "own_package": own_package,
            "recommended": package_contract.recommend(package_contract.catalogue(), choice.largest)
            if choice
            else None,
            "account": package_contract.own_account(application),
            "not_sent": _not_sent(application, offers.record),
            "offer": offer,
            "earlier_offers": earlier_offers,
            "contract": _contract_at_hand(application, offers),
            "payments": application.payments.select_related("receipt"),
            "acceptances": application.acceptances.select_related("accepted_by", "text_version"),
            "thread": thread(application, step=PACKAGE_CONTRACT),
            **(_request_letter(application) if choice else {}),
        },
        status=422 if own_package.errors else 200,
    )


def _not_sent(application: Application, record: StepRecord) -> Failure | None:
    """Why the corporate account did not take the request; None where the step is back for another reason."""
    if record.state != PackageContract.CHOOSING or not record.reason:
        return None
    requests = application.company.letters.of_steps().filter(application_id=application.pk, step_key=record.step)
    newest = requests.order_by("-created_at").first()
    return failure(record.reason) if newest is not None and newest.account_id is not None else None


def _request_letter(application: Application) -> dict[str, object]:
    """The letter as it will go, and what is needed to send it from one's own mailbox."""
    draft = drafts.package_request_to_iys(application, PACKAGE_CONTRACT, "")
    copies = _own_copies(application)
    mailto = (
        f"mailto:{draft.address.to[0]}?cc={quote(','.join(copies))}"
        f"&subject={quote(draft.body.subject)}&body={quote(draft.body.text)}"
    )
    return {"draft": draft, "tracking": copies[0], "mailto": mailto}


def _own_copies(application: Application) -> list[str]:
    """Who is in copy when the company writes itself: its tracking address, then the partner."""
    copy = application.company.partner.copy_address
    return [tracking_address(application.company).email, *([copy] if copy else [])]


@member(Role.EDITOR)
@open_step(PACKAGE_CONTRACT)
def draft_mail(request: CompanyRequest, application: Application) -> HttpResponse:
    """The request as a file that a mail program opens for sending (X-Unsent is what Outlook asks for)."""
    if not PackageChoice.objects.filter(application=application).exists():
        return redirect("onboarding:package_contract")
    draft = drafts.package_request_to_iys(application, PACKAGE_CONTRACT, "")
    mail = EmailMessage()
    mail["X-Unsent"] = "1"
    mail["To"], mail["Cc"] = draft.address.to[0], ", ".join(_own_copies(application))
    mail["Subject"] = draft.body.subject
    mail.set_content(draft.body.text)
    answer = HttpResponse(mail.as_bytes(policy=SMTP), content_type="message/rfc822")
    answer["Content-Disposition"] = 'attachment; filename="teklif-istegi.eml"'
    return answer


@member(Role.EDITOR)
@open_step(PACKAGE_CONTRACT)
def choose(request: CompanyRequest, application: Application) -> HttpResponse:
    offers = offers_of(request, application, PACKAGE_CONTRACT)
    if request.method == "GET" and not offers["choose_package"]:
        return turned_away(request, offers.why_not("request"), to="onboarding:package_contract")
    catalogue = package_contract.catalogue()
    choice = PackageChoice.objects.filter(application=application).first()
    known = model_to_dict(choice) if choice else {}
    if choice and choice.proposed:
        known["package"] = None
    offer_email = request.company.corporate_email or own_address(request.user, request.company)
    form = CountsForm(
        posted(request),
        packages=catalogue,
        suggested={} if choice else package_contract.suggested(request.company),
        initial={"offer_email": offer_email, **known},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            package_contract.choose(application=application, **form.cleaned_data)
        return redirect("onboarding:package_contract")
    return render(
        request,
        "onboarding/package_choice.html",
        {
            "form": form,
            "offers": offers,
            "catalogue": catalogue,
            "priced": any(each.price is not None for each in catalogue),
        },
        status=422 if form.errors else 200,
    )


@member(Role.OWNER)
@posted_from("onboarding:package_contract")
def request_offer(request: CompanyRequest) -> HttpResponse:
    move = WAYS.get(request.POST.get("way", ""))
    if move is None:
        raise Http404
    with refusals_as_messages(request):
        package_contract.request(
            application=live_application_or_404(request),
            move=move,
            actor=actor_of(request),
            expected_version=expected_version(request),
            letter_digest=letter_digest(request),
        )
    return redirect("onboarding:package_contract")


@member(Role.EDITOR)
@posted_from("onboarding:package_contract")
def move(request: CompanyRequest) -> HttpResponse:
    with refusals_as_messages(request):
        move_from(request, live_application_or_404(request), PACKAGE_CONTRACT, BUTTONS)
        if "another_package" in request.POST:
            return redirect("onboarding:choose_package")
    return redirect("onboarding:package_contract")


@member(Role.EDITOR)
@posted_from("onboarding:package_contract")
def unclaim_payment(request: CompanyRequest) -> HttpResponse:
    with refusals_as_messages(request):
        package_contract.unclaim_payment(
            application=live_application_or_404(request),
            actor=actor_of(request),
            expected_version=expected_version(request),
        )
        messages.success(request, "Ödeme bildiriminiz geri alındı; sıra yine sizde.")
    return redirect("onboarding:package_contract")


def _contract_at_hand(application: Application, offers: Offers) -> package_contract.Contract | None:
    """What is to be read now, where nothing has to be asked for before; else its own page says what."""
    if not offers["read_contract"] or needed.lacking(application, needed.SALES_CONTRACT):
        return None
    try:
        return package_contract.contract(application)
    except NotAllowed:
        return None


@member()
@open_step(PACKAGE_CONTRACT)
def contract(request: CompanyRequest, application: Application) -> HttpResponse:
    """The contract to read, and the owner's acceptance of it."""
    offers = offers_of(request, application, PACKAGE_CONTRACT)
    if not PackageChoice.objects.filter(application=application).exists():
        return turned_away(request, offers.why_not("accept"), to="onboarding:package_contract")
    if needed.lacking(application, needed.SALES_CONTRACT) and offers["complete_papers"]:
        return redirect("onboarding:paper_data", needed.SALES_CONTRACT)
    try:
        words = package_contract.contract(application)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("onboarding:package_contract")
    unread = False
    if request.method == "POST":
        if not offers.role.includes(PACKAGE_CONTRACT.move("accept").role):
            return render(request, "403.html", status=403)
        unread = "read" not in request.POST
        if not unread:
            with refusals_as_messages(request):
                package_contract.accept(
                    application=application,
                    actor=actor_of(request),
                    expected_version=expected_version(request),
                    contract_sha256=request.POST.get("contract", ""),
                    ip_address=client_address(request),
                )
                messages.success(request, "Sözleşmeyi onayladınız.")
                return redirect("onboarding:package_contract")
            return redirect("onboarding:contract")
    return render(
        request,
        "onboarding/contract.html",
        {"offers": offers, "record": offers.record, "contract": words, "unread": unread},
        status=422 if unread else 200,
    )


@member()
def accepted_contract(request: CompanyRequest, pk: int) -> HttpResponse:
    """The very words that were accepted, with who, when, from where and their hash."""
    accepted = ContractAcceptance.objects.filter(application__company=request.company)
    found = get_object_or_404(accepted.select_related("accepted_by", "text_version"), pk=pk)
    return render(request, "onboarding/accepted_contract.html", {"acceptance": found})


@member(Role.EDITOR)
@open_step(PACKAGE_CONTRACT)
def payment(request: CompanyRequest, application: Application) -> HttpResponse:
    offers = offers_of(request, application, PACKAGE_CONTRACT)
    if request.method == "GET" and not offers["claim_payment"]:
        return turned_away(request, offers.why_not("claim_payment"), to="onboarding:package_contract")
    receipt = chosen(request, place(request, DocumentKind.PAYMENT_RECEIPT), "receipt")
    form = PaymentForm(posted(request), receipt=receipt)
    if request.method == "POST" and form.is_valid():
        try:
            package_contract.claim_payment(
                application=application,
                paid_on=form.cleaned_data["paid_on"],
                reference=form.cleaned_data["reference"],
                receipt=receipt.pdf,
                filename=receipt.filename,
                actor=actor_of(request),
                expected_version=expected_version(request),
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            receipt.done()
            messages.success(request, "Ödemeniz kaydedildi.")
            tell(request, receipt.pdf)
            return redirect("onboarding:package_contract")
    return render(
        request,
        "onboarding/payment.html",
        {"form": form, "receipt": receipt, "record": offers.record, "step": PACKAGE_CONTRACT},
        status=422 if form.errors else 200,
    )
