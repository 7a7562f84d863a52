"""Step 1 by the online channel, up to the form (guide, 1.2): e-mail code, query, mobile code."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from documents import disclosure
from identifiers import Refused, phone
from limits import quotas
from limits.quotas import Quota
from onboarding.actions.pre_application import online, submission
from onboarding.dossier import undertaking
from onboarding.forms.online import CodeForm, CorporateEmailForm, QueryForm
from onboarding.models import Application, ApplicationForm, RegistryOutcome
from onboarding.overview import stage_bars
from onboarding.steps import PRE_APPLICATION
from onboarding.transitions import perform
from onboarding.views.application import (
    actor_of,
    client_address,
    expected_version,
    live_application_or_404,
    offers_of,
    open_step,
)
from onboarding.views.refusals import CLOSED_SINCE, refusals_as_messages, turned_away
from onboarding.views.reviewing import of_field, way_back
from tenancy.access import CompanyRequest, for_company, member
from tenancy.posting import posted_from
from tenancy.requests import posted
from tenancy.roles import Role
from verification import codes
from verification.models import Purpose

# The button that takes the address that was proved at sign-up; its value is the address that the page showed.
OWN = "own"
STAYS_SIGNED = (
    " Hiçbir bilgiyi değiştirmezseniz imza geçerli kalır; değiştirirseniz taahhütname yeniden imzalanır."
)


def _bars(state: str) -> dict[str, stage_bars.Bar]:
    return {"stages": stage_bars.application(state), "online_stages": stage_bars.online(state)}


@member(Role.EDITOR)
@open_step(PRE_APPLICATION)
def email_code(request: CompanyRequest, application: Application) -> HttpResponse:
    """The address first; then, beside the countdown, the code."""
    offers = offers_of(request, application, PRE_APPLICATION)
    record = offers.record
    if not (offers["verify_email"] or offers["change_email"]):
        return turned_away(request, offers.why_not("verify_email"), to="onboarding:pre_application")
    waiting = codes.waiting(application.pk, Purpose.EMAIL)
    if waiting is None or "degistir" in request.GET or OWN in request.POST:
        return _ask_email(request, application)
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_as_messages(request):
                online.confirm_email(
                    application=application,
                    email=waiting.target,
                    code=form.cleaned_data["code"],
                    actor=actor_of(request),
                    expected_version=expected_version(request),
                )
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            return _email_proved(request, waiting.target)
    return render(
        request,
        "onboarding/online/code.html",
        {
            "form": form,
            "waiting": waiting,
            "offers": offers,
            "record": record,
            "back": way_back(request),
            **_bars(record.state),
        },
        status=422 if form.errors else 200,
    )


def _email_proved(request: CompanyRequest, email: str) -> HttpResponse:
    """Says so, and what it means for what was signed; then back to where the address was to be changed."""
    signed = undertaking.is_signed(live_application_or_404(request))
    stays = " Bu adres taahhütnamede yazmaz; imza geçerli kalıyor." if signed else ""
    messages.success(request, f"{email} doğrulandı.{stays}")
    return redirect(way_back(request).url)


def _ask_email(request: CompanyRequest, application: Application) -> HttpResponse:
    offers = offers_of(request, application, PRE_APPLICATION)
    if request.method == "POST" and OWN in request.POST:
        with refusals_as_messages(request):
            online.use_own_email(
                application=application,
                email=request.POST[OWN],
                actor=actor_of(request),
                expected_version=expected_version(request),
            )
            return _email_proved(request, request.POST[OWN])
        return redirect("onboarding:pre_application")
    stands, own = request.company.corporate_email, online.own_address(request.user, request.company)
    form = CorporateEmailForm(posted(request), initial={} if offers["change_email"] else {"email": stands})
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, application, Purpose.EMAIL, form.cleaned_data["email"])
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            return redirect(reverse("onboarding:email_code") + way_back(request).query)
    return render(
        request,
        "onboarding/online/email.html",
        {
            "form": form,
            "own": own if own != stands or not offers["change_email"] else "",
            "offers": offers,
            "record": offers.record,
            "back": way_back(request),
            **_bars("email_code"),
        },
        status=422 if form.errors else 200,
    )


def _send(request: CompanyRequest, application: Application, purpose: Purpose, target: str) -> None:
    """Raises Refused when codes are asked for too often."""
    codes.send(
        company=request.company,
        application_id=application.pk,
        purpose=purpose,
        target=target,
        by=request.user,
        address=client_address(request),
        typed_at=for_company(reverse("onboarding:email_code"), request.company),
    )


@member(Role.EDITOR)
@posted_from("onboarding:pre_application")
def resend(request: CompanyRequest, purpose: str) -> HttpResponse:
    """Another code to where the last one went, or the first to the mobile number of the form."""
    application = live_application_or_404(request)
    kind = Purpose.EMAIL if purpose == Purpose.EMAIL else Purpose.MOBILE
    waiting = codes.waiting(application.pk, kind)
    mobile = application.application_form.signatory_mobile
    target = mobile if kind == Purpose.MOBILE else waiting.target if waiting else ""
    screen = "onboarding:mobile_code" if kind == Purpose.MOBILE else "onboarding:email_code"
    offers = offers_of(request, application, PRE_APPLICATION)
    proving = ("fill",) if kind == Purpose.MOBILE else ("verify_email", "change_email")
    if not any(offers[each] for each in proving) or not target:
        return turned_away(request, CLOSED_SINCE, to="onboarding:pre_application")
    try:
        _send(request, application, kind, target)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        anew = waiting is not None and waiting.target == target
        messages.success(request, "Yeni kod gönderildi." if anew else "Kod gönderildi.")
    return redirect(reverse(screen) + way_back(request).query)


@member(Role.EDITOR)
@open_step(PRE_APPLICATION)
def query(request: CompanyRequest, application: Application) -> HttpResponse:
    offers = offers_of(request, application, PRE_APPLICATION)
    record = offers.record
    if not offers["query"]:
        return turned_away(request, offers.why_not("query"), to="onboarding:pre_application")
    form = QueryForm(posted(request), initial={"mersis_number": request.company.mersis_number})
    form.partner = request.company.partner
    of_another = False
    if request.method == "POST" and form.is_valid():
        disclosure.note(form, user=request.user, company=request.company)
        try:
            quotas.take(Quota.REGISTRY_QUERIES, **quotas.asking(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            with refusals_as_messages(request):
                answer = online.query(
                    application=application,
                    mersis_number=form.cleaned_data["mersis_number"],
                    identity=form.cleaned_data["identity"],
                    actor=actor_of(request),
                    expected_version=expected_version(request),
                )
                if answer.outcome == RegistryOutcome.NOT_FOUND:
                    form.add_error(
                        "mersis_number", "Bu MERSİS numarası sicilde bulunamadı. Numarayı kontrol edin."
                    )
                elif answer.outcome == RegistryOutcome.OTHER_FIRM:
                    of_another = True
                    form.add_error(
                        "mersis_number",
                        "Bu MERSİS numarası, firmanızı eklerken yazdığınız vergi numarasına ait değil.",
                    )
                elif answer.outcome == RegistryOutcome.MISMATCH:
                    form.add_error(
                        "identity",
                        "Bu kişi firmanın imza yetkilisi olarak görünmüyor. Numarayı kontrol edin; MERSİS "
                        "kaydınız eskiyse önce orada güncelleyin.",
                    )
                elif answer.outcome == RegistryOutcome.FOUND:
                    messages.success(request, "Firmanız sicilde bulundu.")
                elif answer.outcome == RegistryOutcome.UNAVAILABLE:
                    messages.warning(
                        request,
                        "Sicile şu anda ulaşılamadı. Formu siz doldurun; destek ekibi elle kontrol edecek.",
                    )
            if not form.errors:
                return redirect("onboarding:pre_application")
    return render(
        request,
        "onboarding/online/query.html",
        {"form": form, "offers": offers, "record": record, "of_another": of_another, **_bars(record.state)},
        status=422 if form.errors else 200,
    )


@member(Role.EDITOR)
@open_step(PRE_APPLICATION)
def mobile_code(request: CompanyRequest, application: Application) -> HttpResponse:
    """The SMS code of the signatory's telephone; the first one goes out when the form is complete."""
    offers = offers_of(request, application, PRE_APPLICATION)
    record = offers.record
    form_row: ApplicationForm = application.application_form
    if not offers["fill"]:
        return turned_away(request, offers.why_not("fill"), to="onboarding:pre_application")
    if not form_row.complete:
        return redirect("onboarding:pre_application")
    if not online.needs_mobile_code(application):
        return redirect("onboarding:dossier")
    waiting = _waiting_for_mobile(application)
    form = CodeForm(posted(request) if waiting else None)
    if form.is_bound and form.is_valid():
        try:
            codes.confirm(
                application_id=application.pk,
                purpose=Purpose.MOBILE,
                target=form_row.signatory_mobile,
                code=form.cleaned_data["code"],
            )
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            return _finish(request, application)
    return render(
        request,
        "onboarding/online/mobile.html",
        {
            "form": form,
            "waiting": waiting,
            # A code went to another number a moment ago.
            "wait": 0 if waiting else codes.next_in(application.pk, Purpose.MOBILE),
            "offers": offers,
            "record": record,
            "mobile": phone.pretty(form_row.signatory_mobile),
            "change": of_field("signatory_mobile"),
            **_bars(record.state),
        },
        status=422 if form.errors else 200,
    )


@member(Role.EDITOR)
@posted_from("onboarding:pre_application")
def edit_form(request: CompanyRequest) -> HttpResponse:
    """Back from the signature to the form; what was signed has to be signed again if it changes."""
    application = live_application_or_404(request)
    with refusals_as_messages(request):
        perform(application=application, step=PRE_APPLICATION, move="edit_form", actor=actor_of(request))
        signed = undertaking.current_check(application) is not None
        messages.info(request, f"Form yeniden açıldı.{STAYS_SIGNED if signed else ''}")
        if (field := request.POST.get("field", "")) in submission.DATA_FIELDS:
            return redirect(of_field(field))
    return redirect("onboarding:pre_application")


@member(Role.EDITOR)
@posted_from("onboarding:pre_application")
def query_again(request: CompanyRequest) -> HttpResponse:
    """Back from the form to the query: other numbers are asked about anew."""
    application = live_application_or_404(request)
    with refusals_as_messages(request):
        perform(application=application, step=PRE_APPLICATION, move="query_again", actor=actor_of(request))
    return redirect("onboarding:pre_application")


def after_form(request: CompanyRequest) -> HttpResponse:
    """After the form was kept: to the code of the mobile number, which is on its way then, or, where none is
    needed, to the signature."""
    application = live_application_or_404(request)
    online.use_own_mobile(application=application, user=request.user)
    if not online.needs_mobile_code(application):
        return _finish(request, application)
    waiting = _waiting_for_mobile(application)
    soon = waiting is not None and waiting.seconds_left
    # Where a code went to another number just now, the page of the code says when this one gets its own.
    if not soon and not codes.next_in(application.pk, Purpose.MOBILE):
        try:
            _send(request, application, Purpose.MOBILE, application.application_form.signatory_mobile)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("onboarding:mobile_code")


def _waiting_for_mobile(application: Application) -> codes.Waiting | None:
    """The code that went to the number of the form; one that went to another number before is none."""
    waiting = codes.waiting(application.pk, Purpose.MOBILE)
    same = waiting is not None and waiting.target == application.application_form.signatory_mobile
    return waiting if same else None


def _finish(request: CompanyRequest, application: Application) -> HttpResponse:
    with refusals_as_messages(request):
        online.finish_form(
            application=application,
            actor=actor_of(request),
            expected_version=application.record_of(PRE_APPLICATION).version,
        )
    return redirect("onboarding:pre_application")
