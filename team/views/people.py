"""The team of a company: who is in it, with which role, and who is invited."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.reauthentication import recently_authenticated
from identifiers import Refused
from limits import quotas
from limits.quotas import Quota
from team import people as verbs
from team.forms import HandOverForm, InvitationForm, RoleForm
from tenancy import memberships
from tenancy.access import CompanyRequest, member
from tenancy.models import Company, Invitation, InvitationState, Membership
from tenancy.posting import posted_from
from tenancy.requests import posted, shown_at
from tenancy.roles import Role

CONFIRMED = "confirmed"  # the button of a page that asks first


@member()
@recently_authenticated
def people(request: CompanyRequest) -> HttpResponse:
    """The team; an owner invites here, and finds here what happened to it."""
    members = list(request.company.memberships.select_related("user").order_by("created_at"))
    is_owner = request.membership.role == Role.OWNER
    form = InvitationForm(posted(request), members=frozenset(each.user.email.lower() for each in members))
    status = 200
    if request.method == "POST":
        if not is_owner:
            return render(request, "403.html", status=403)
        status = 422
        if form.is_valid():
            try:
                return _invite(request, **form.cleaned_data)
            except Refused as refusal:
                form.add_error("email", str(refusal))
                status = 429
    now = timezone.now()
    sent = [(each, each.state(now)) for each in _sent(request.company)]
    return render(
        request,
        "team/people.html",
        {
            "members": [(each, Role(each.role)) for each in members],
            "invitations": [each for each in sent if each[1] is not InvitationState.ACCEPTED],
            "accepted": [each for each, state in sent if state is InvitationState.ACCEPTED],
            "history": verbs.history(request.company) if is_owner else [],
            "roles": list(reversed(Role)),
            "form": form,
            "is_owner": is_owner,
        },
        status=status,
    )


def _sent(company: Company) -> list[Invitation]:
    """Without those that were taken back and are followed by another of the same address."""
    found = list(company.invitations.with_inviter().order_by("-expires_at"))
    waiting = {each.email for each in found if each.accepted_at is None and each.revoked_at is None}
    return [each for each in found if each.revoked_at is None or each.email not in waiting]


def _invite(request: CompanyRequest, *, email: str, role: str) -> HttpResponse:
    """Raises Refused when no more may be invited for now."""
    quotas.take(Quota.INVITATIONS, **quotas.asking(request, target=email))
    try:
        verbs.invite(
            company=request.company, email=email, role=role, by=request.user, unless_since=shown_at(request)
        )
        messages.success(request, f"{email} adresine davet gönderiliyor.")
    except memberships.Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("team:people")


def _invitation(request: CompanyRequest, pk: UUID) -> Invitation:
    return get_object_or_404(request.company.invitations.filter(accepted_at=None), pk=pk)


@member(Role.OWNER)
@posted_from("team:people")
@recently_authenticated
def renew(request: CompanyRequest, pk: UUID) -> HttpResponse:
    """The letter goes once more, and the invitation lives its time from now on; who sends it stands behind it."""
    invitation = _invitation(request, pk)
    try:
        return _invite(request, email=invitation.email, role=invitation.role)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("team:people")


@member(Role.OWNER)
@posted_from("team:people")
@recently_authenticated
def revoke(request: CompanyRequest, pk: UUID) -> HttpResponse:
    invitation = _invitation(request, pk)
    try:
        if verbs.revoke(invitation=invitation, by=request.user):
            messages.success(request, f"{invitation.email} adresine giden davet geri alındı; bağlantısı geçersiz.")
    except memberships.Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("team:people")


def _member(request: CompanyRequest, pk: int) -> Membership:
    return get_object_or_404(request.company.memberships.select_related("user", "company__partner"), pk=pk)


@member(Role.OWNER)
def role(request: CompanyRequest, pk: int) -> HttpResponseBase:
    """Another role for somebody who is in the team; one that may do less is asked about first."""
    membership = _member(request, pk)
    if memberships.is_only_owner(membership):
        return _only_owner(request, membership)
    return _give(request, membership)


def _only_owner(request: CompanyRequest, membership: Membership) -> HttpResponse:
    """Said before anything is asked, be it the password: there is nothing to press."""
    others = request.company.memberships.exclude(pk=membership.pk).filter(user__is_active=True)
    page = {"is_self": membership.user == request.user, "has_others": others.exists(), "membership": membership}
    return render(request, "team/only_owner.html", page, status=409 if request.method == "POST" else 200)


@recently_authenticated
def _give(request: CompanyRequest, membership: Membership) -> HttpResponse:
    before = Role(membership.role)
    form = RoleForm(posted(request), initial={"role": before})
    page = {"membership": membership, "before": before, "form": form, "is_self": membership.user == request.user}
    if not form.is_valid():
        return render(request, "team/role.html", page, status=422 if form.errors else 200)
    after = Role(form.cleaned_data["role"])
    if after != before and before.includes(after) and CONFIRMED not in request.POST:
        return render(request, "team/role_confirm.html", {**page, "after": after})
    try:
        if verbs.change_role(membership=membership, role=after, by=verbs.Doer(request.user)):
            messages.success(request, f"{membership.user} artık {after.label}.")
    except memberships.Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("team:people")


@member(Role.OWNER)
def remove(request: CompanyRequest, pk: int) -> HttpResponseBase:
    return _part_with(request, _member(request, pk))


@member()
def leave(request: CompanyRequest) -> HttpResponseBase:
    return _part_with(request, _member(request, request.membership.pk))


def _part_with(request: CompanyRequest, membership: Membership) -> HttpResponseBase:
    if memberships.is_only_owner(membership):
        return _only_owner(request, membership)
    return _end(request, membership)


@recently_authenticated
def _end(request: CompanyRequest, membership: Membership) -> HttpResponse:
    """Asks first; what happens on the second page is told by letter."""
    is_self = membership.user == request.user
    if request.method != "POST":
        return render(request, "team/remove.html", {"membership": membership, "is_self": is_self})
    try:
        verbs.remove(membership=membership, by=verbs.Doer(request.user))
    except memberships.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        if is_self:
            messages.success(request, f"{request.company} firmasının ekibinden ayrıldınız.")
            return redirect("onboarding:board")
        messages.success(request, f"{membership.user} ekipten çıkarıldı; kendisine e-postayla bildirildi.")
    return redirect("team:people")


@member(Role.OWNER)
@recently_authenticated
def hand_over(request: CompanyRequest) -> HttpResponse:
    """Somebody else becomes the owner, and the owner something less: chosen, read once more, done."""
    others = request.company.memberships.exclude(pk=request.membership.pk).filter(user__is_active=True)
    form = HandOverForm(posted(request), others=others.select_related("user").order_by("created_at"))
    if not form.is_valid():
        return render(request, "team/hand_over.html", {"form": form}, status=422 if form.errors else 200)
    to, stays_as = form.cleaned_data["to"], form.stays_as
    if CONFIRMED not in request.POST:
        return render(request, "team/hand_over_confirm.html", {"form": form, "to": to, "stays_as": stays_as})
    try:
        verbs.hand_over(company=request.company, to=to, stays_as=stays_as, by=request.user)
    except memberships.Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("team:people")
    messages.success(request, f"Sahiplik {to.user} kişisine devredildi.")
    return redirect("team:people" if stays_as else "onboarding:board")
