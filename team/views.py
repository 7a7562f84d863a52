from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from correspondence import tasks
from correspondence.addresses import tracking_address
from correspondence.models.sending import SendingAccount
from correspondence.outgoing import sending_accounts
from journal.entries import write
from journal.models import Event
from journal.parties import Party
from partners.parties import partner_for_host
from team import forwarding as trial
from team.forms import (
    CompanyForm,
    CompanyNoticesForm,
    InvitationForm,
    SendingAccountForm,
    StaffNoticesForm,
)
from team.letters import post_invitation
from tenancy import memberships
from tenancy.access import CHOSEN, CompanyRequest, member
from tenancy.models import Membership, User
from tenancy.requests import posted
from tenancy.roles import Role


@login_required
def company_new(request: HttpRequest) -> HttpResponse:
    """Founds the company that somebody who has just signed up works for."""
    user = cast(User, request.user)
    partner = partner_for_host(request.get_host())
    form = CompanyForm(posted(request))
    if partner is not None and request.method == "POST" and form.is_valid():
        company = memberships.found_company(user=user, partner=partner, **form.cleaned_data)
        if company is None:
            return render(request, "team/join_requested.html")
        request.session[CHOSEN] = str(company.pk)
        return redirect("onboarding:route")
    status = 422 if form.errors else 200
    return render(
        request,
        "team/company_new.html",
        {
            "form": form,
            "invitations": memberships.invitations_of(user.email),
            "has_partner": partner is not None,
        },
        status=status,
    )


@member()
def people(request: CompanyRequest) -> HttpResponse:
    """The team; an owner invites and removes here."""
    members = request.company.memberships.select_related("user").order_by("created_at")
    is_owner = request.membership.role == Role.OWNER
    form = InvitationForm(posted(request), members=frozenset(each.user.email.lower() for each in members))
    status = 200
    if request.method == "POST":
        if not is_owner:
            return render(request, "403.html", status=403)
        if form.is_valid():
            _invite(request, form)
            return redirect("team:people")
        status = 422
    return render(
        request,
        "team/people.html",
        {
            "members": members,
            "invitations": request.company.invitations.filter(accepted_at=None),
            "form": form,
            "is_owner": is_owner,
        },
        status=status,
    )


def _invite(request: CompanyRequest, form: InvitationForm) -> None:
    with transaction.atomic():
        invitation = memberships.invite(company=request.company, by=request.user, **form.cleaned_data)
        post_invitation(invitation)
        _journal(request, f"Davet edildi: {invitation.email} ({invitation.get_role_display()})")
    messages.success(request, f"{invitation.email} adresine davet gönderildi.")


def _journal(request: CompanyRequest, text: str) -> None:
    write(
        company=request.company,
        event=Event.MEMBER_CHANGED,
        text=text,
        party=Party.COMPANY,
        actor=request.user,
    )


@member(Role.OWNER)
@require_POST
def remove(request: CompanyRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(request.company.memberships.select_related("user", "company"), pk=pk)
    try:
        with transaction.atomic():
            memberships.remove(membership=membership)
            _journal(request, f"Ekipten çıkarıldı: {membership.user.email}")
    except memberships.LastOwner:
        messages.error(request, "Firmanın en az bir sahibi olmalı. Önce başka birini sahip olarak davet edin.")
    return redirect("team:people")


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
@require_POST
def try_forward(request: CompanyRequest) -> HttpResponse:
    try:
        trial.start(company=request.company, by=request.user)
    except trial.NoCorporateAddress:
        messages.error(request, "Önce 1. adımda kurumsal e-posta adresinizi yazın; deneme o adrese gider.")
    return redirect("team:forwarding")


@member(Role.OWNER)
def sending_account(request: CompanyRequest) -> HttpResponse:
    """The company's own mail account, for letters that must come from its corporate address."""
    form = SendingAccountForm(posted(request), account=_account(request))
    if request.method == "POST" and form.is_valid():
        try:
            tasks.ask_for_test(
                sending_accounts.set_up(company=request.company, by=request.user, **form.cleaned_data)
            )
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
@require_POST
def test_account(request: CompanyRequest) -> HttpResponse:
    account = get_object_or_404(SendingAccount, company=request.company)
    sending_accounts.ask_again(account=account)
    tasks.ask_for_test(account)
    return redirect("team:sending_account")


@member(Role.OWNER)
@require_POST
def remove_account(request: CompanyRequest) -> HttpResponse:
    account = get_object_or_404(SendingAccount, company=request.company)
    sending_accounts.take_away(account=account, by=request.user)
    messages.success(request, "Hesap kaldırıldı, parolası silindi.")
    return redirect("team:sending_account")


@login_required
def join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page that an invitation's link leads to."""
    user = cast(User, request.user)
    invitation = memberships.invitation_of(pk, user.email)
    if invitation is None:
        raise Http404
    if request.method == "POST":
        membership = memberships.join(invitation=invitation, user=user)
        if membership is not None:
            request.session[CHOSEN] = str(invitation.company_id)
            return redirect("onboarding:board")
        messages.error(request, "Bu davetin süresi dolmuş ya da kullanılmış. Firmanızdan yeni bir davet isteyin.")
    return render(request, "team/join.html", {"invitation": invitation})


@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """For people who belong to several companies: which one to work for."""
    user = cast(User, request.user)
    mine = Membership.objects.filter(user=user).select_related("company").order_by("company__trade_name")
    if request.method == "POST":
        chosen = next((each for each in mine if str(each.company_id) == request.POST.get("company")), None)
        if chosen is None:
            raise Http404
        request.session[CHOSEN] = str(chosen.company_id)
        return redirect("onboarding:board")
    return render(request, "team/choose.html", {"memberships": mine})


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """For people of a company and for staff; who is both chooses both."""
    user = cast(User, request.user)
    membership: Membership | None = getattr(request, "membership", None)
    # A form, and the one row whose column of the same name it fills.
    parts: list[tuple[forms.Form, QuerySet[Any]]] = []
    if membership:
        mine = Membership.objects.filter(pk=membership.pk)
        parts.append((CompanyNoticesForm(posted(request), initial={"notices": membership.wants}), mine))
    if user.is_staff:
        me = User.objects.filter(pk=user.pk)
        parts.append((StaffNoticesForm(posted(request), initial={"staff_notices": user.staff_notices}), me))
    if request.method == "POST" and all(form.is_valid() for form, _rows in parts):
        for form, rows in parts:
            rows.update(**form.cleaned_data)
        messages.success(request, "Bildirim seçiminiz kaydedildi.")
        return redirect("team:notices")
    return render(
        request,
        "team/notices.html",
        {"forms": [form for form, _rows in parts], "membership": membership},
        status=422 if any(form.errors for form, _rows in parts) else 200,
    )
