"""How a company's mail comes in by itself, and from which account its own letters go out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.reauthentication import recently_authenticated
from correspondence import tasks
from correspondence.addresses import tracking_address
from correspondence.models.sending import SendingAccount
from correspondence.outgoing import sending_accounts
from identifiers import Refused
from limits import quotas
from limits.quotas import Quota
from team import forwarding as trial
from team.forms import SendingAccountForm
from tenancy.access import CompanyRequest, member
from tenancy.posting import posted_from
from tenancy.requests import posted
from tenancy.roles import Role


@member()
def forwarding(request: CompanyRequest) -> HttpResponse:
    """How mail that comes to the corporate address gets here by itself, and whether it does."""
    return render(
        request,
        "team/forwarding.html",
        {
            **_forward_state(request),
            "address": tracking_address(request.company),
            "may_try": request.membership.role != Role.VIEWER,
        },
    )


@member()
def forward_state(request: CompanyRequest) -> HttpResponse:
    """What the page asks for again and again while a test is under way."""
    return render(request, "team/_forward_state.html", _forward_state(request))


def _forward_state(request: CompanyRequest) -> dict[str, object]:
    last, now = request.company.forward_tests.first(), timezone.now()
    return {
        "proof": trial.proof(request.company),
        "test": last,
        "late": last is not None and last.late(now),
        "waiting": last is not None and last.returned_at is None and not last.late(now),
    }


@member(Role.EDITOR)
@posted_from("team:forwarding")
def try_forward(request: CompanyRequest) -> HttpResponse:
    try:
        quotas.take(Quota.TRIALS, **quotas.asking(request))
        trial.start(company=request.company, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    except trial.NoCorporateAddress:
        messages.error(request, "Önce 1. adımda kurumsal e-posta adresinizi yazın; deneme o adrese gider.")
    return redirect("team:forwarding")


@member(Role.OWNER)
@recently_authenticated
def sending_account(request: CompanyRequest) -> HttpResponse:
    """The company's own mail account, for letters that must come from its corporate address."""
    form = SendingAccountForm(posted(request), account=_account(request))
    if request.method == "POST" and form.is_valid():
        try:
            quotas.take(Quota.TRIALS, **quotas.asking(request))
            tasks.ask_for_test(
                sending_accounts.set_up(company=request.company, by=request.user, **form.cleaned_data)
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            context = {**_account_state(request), "form": form}
            return render(request, "team/sending_account.html", context, status=429)
        except sending_accounts.NoCorporateAddress:
            messages.error(request, "Önce 1. adımda kurumsal e-posta adresinizi yazın.")
        return redirect("team:sending_account")
    status = 422 if form.errors else 200
    return render(request, "team/sending_account.html", {**_account_state(request), "form": form}, status=status)


@member(Role.OWNER)
def account_state(request: CompanyRequest) -> HttpResponse:
    """What the page asks for again and again while the account is tried."""
    return render(request, "team/_account_state.html", _account_state(request))


def _account_state(request: CompanyRequest) -> dict[str, object]:
    account = _account(request)
    waiting = account is not None and account.is_being_tested(timezone.now())
    if account is not None and waiting and account.tested_at is None:
        # The first message to the worker may have been lost. Asking again writes nothing here, and a test that
        # was begun is not begun again.
        tasks.ask_for_test(account)
    return {"account": account, "waiting": waiting}


def _account(request: CompanyRequest) -> SendingAccount | None:
    return SendingAccount.objects.filter(company=request.company).select_related("company").first()


@member(Role.OWNER)
@posted_from("team:sending_account")
def test_account(request: CompanyRequest) -> HttpResponse:
    account = get_object_or_404(SendingAccount, company=request.company)
    try:
        quotas.take(Quota.TRIALS, **quotas.asking(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        sending_accounts.ask_again(account=account)
        tasks.ask_for_test(account)
    return redirect("team:sending_account")


@member(Role.OWNER)
@posted_from("team:sending_account")
@recently_authenticated
def remove_account(request: CompanyRequest) -> HttpResponse:
    account = get_object_or_404(SendingAccount, company=request.company)
    sending_accounts.take_away(account=account, by=request.user)
    messages.success(request, "Hesap kaldırıldı, parolası silindi.")
    return redirect("team:sending_account")
