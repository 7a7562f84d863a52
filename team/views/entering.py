"""Coming into a company: founding one, following an invitation, choosing between several."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from accounts import invited
from accounts.invited import Invited
from documents import disclosure
from identifiers import Refused
from identifiers.email import masked
from limits import quotas
from limits.quotas import Quota
from partners.models import Partner
from team import joining, people
from team.entry import INVITED
from team.forms import CompanyForm, JoinForm
from team.views import founding_paper
from tenancy import memberships
from tenancy.access import CHOSEN, memberships_of
from tenancy.models import Company, Invitation, InvitationState, JoinRequest
from tenancy.requests import posted, user_of
from tenancy.roles import Role
from wall.standing import inside

# Pages that each company has, wherever its application stands and whatever the person's role.
OF_EVERY_COMPANY = frozenset(
    {"onboarding:thread", "onboarding:documents", "support:questions", "team:people", "team:forwarding"}
)

# By which somebody comes in who accepts an invitation and is not signed in.
DOORS = {"signup": "account_signup", "login": "account_login"}


@login_required
def company_new(request: HttpRequest) -> HttpResponse:
    """Founds the company that somebody who has just signed up works for.

    A vergi levhası that is chosen there is read first, and what it says stands in the fields that were empty.
    """
    user = user_of(request)
    partner: Partner | None = getattr(request, "partner", None) or None
    paper = founding_paper.of(request, user)
    form = CompanyForm(None if paper.is_asked else posted(request), initial=paper.fields)
    if paper.plate is not None:
        form.takes_from(paper.plate)
    status = 422 if form.errors or paper.refusal else 200
    if partner is not None and form.is_bound and not paper.refusal and form.is_valid():
        try:
            # Whichever company is worked for: the new one is to be this partner's.
            quotas.take(Quota.NEW_COMPANIES, **quotas.asking(request, partner=partner))
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = 429
        else:
            disclosure.note(form, user=user)
            try:
                company = joining.found(user=user, partner=partner, plate=paper.plate, **form.cleaned_data)
            except memberships.InTeam as own:
                return _theirs(request, own.company)
            return _received(request, str(company.pk) if company else request.session.get(CHOSEN, ""))
    return render(
        request,
        "team/company_new.html",
        {
            "form": form,
            "paper": paper,
            "fields": paper.beside(form),
            "invitations": memberships.invitations_of(user.email),
            "waits": JoinRequest.objects.filter(user=user, settled_at=None).exists(),
            "has_partner": partner is not None,
        },
        status=status,
    )


def _theirs(request: HttpRequest, company: Company) -> HttpResponse:
    """For a form that was sent twice, or anew: it is theirs, so nothing is given away."""
    request.session[CHOSEN] = str(company.pk)
    messages.info(request, f"Bu firma zaten ekibinizde: {company}. Kaldığınız yerden sürdürebilirsiniz.")
    return redirect("onboarding:board")


def _received(request: HttpRequest, chosen: str) -> HttpResponse:
    """One answer, whether the tax number was here already or not: who types numbers learns none of a customer.

    The session is written either way, and the page knows of no company; a letter says what became of it.
    """
    request.session[CHOSEN] = chosen
    request.memberships, request.membership, request.company = [], None, None  # type: ignore[attr-defined]
    return render(request, "team/company_received.html")


def join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page that an invitation's link leads to, signed in or not."""
    invitation = memberships.invited(pk)
    if invitation is None:
        raise Http404
    state = invitation.state(timezone.now())
    accepts = request.user.is_authenticated or request.POST.get("door") in DOORS
    form = JoinForm(posted(request) if accepts else None)
    form.partner = invitation.company.partner
    page = {
        "invitation": invitation,
        "partner": invitation.company.partner,
        "form": form,
        "state": state,
        "role": Role(invitation.role),
        "masked": masked(invitation.email),
    }
    if not request.user.is_authenticated:
        if state is not InvitationState.OPEN:
            return render(request, "team/join_over.html", page, status=410)
        return _to_the_door(request, invitation, form) or render(
            request, "team/join.html", page, status=422 if form.errors else 200
        )
    user = user_of(request)
    if invitation.email.lower() != user.email.lower():
        other = "join_other" if state is InvitationState.OPEN else "join_over"
        return render(request, f"team/{other}.html", page, status=403 if state is InvitationState.OPEN else 410)
    if form.is_valid() and people.join(invitation=invitation, user=user) is not None:
        with inside(invitation.company_id):
            disclosure.note(form, user=user, company=invitation.company, about=invitation.pk)
        request.session[CHOSEN] = str(invitation.company_id)
        return redirect("onboarding:board")
    if invitation.accepted_by == user and str(invitation.company_id) == request.session.get(CHOSEN):
        # Came in at the door, by `team.entry`.
        return redirect("onboarding:board")
    if state is not InvitationState.OPEN:
        mine = any(each.company_id == invitation.company_id for each in memberships_of(request))
        return render(request, "team/join_over.html", {**page, "mine": mine}, status=410)
    return render(request, "team/join.html", page, status=422 if form.errors else 200)


def _to_the_door(request: HttpRequest, invitation: Invitation, form: JoinForm) -> HttpResponse | None:
    """A stranger who accepts: whoever then comes in with the invited address is in the team at once."""
    if not form.is_valid():
        return None
    with inside(invitation.company_id):
        disclosure.note(form, company=invitation.company, address=invitation.email, about=invitation.pk)
    request.session[INVITED] = str(invitation.pk)
    back = reverse("team:join", args=[invitation.pk])
    invited.bring(request, Invited(invitation.email, str(invitation.company), back))
    door = reverse(DOORS[request.POST["door"]])
    return redirect(f"{door}?{urlencode({'next': back})}")


@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """For people who belong to several companies: which one to work for, and the same page of it, or the page to
    which the link of a letter led."""
    mine = memberships_of(request)
    if request.method == "POST":
        chosen = next((each for each in mine if str(each.company_id) == request.POST.get("company")), None)
        if chosen is None:
            raise Http404
        request.session[CHOSEN] = str(chosen.company_id)
        messages.info(request, f"Artık {chosen.company} için çalışıyorsunuz.")
        page, linked = request.POST.get("next", ""), request.POST.get("linked", "")
        if linked.startswith("/") and url_has_allowed_host_and_scheme(linked, allowed_hosts=None):
            return HttpResponseRedirect(linked)
        return redirect(page if page in OF_EVERY_COMPANY else "onboarding:board")
    by_name = sorted(mine, key=lambda each: each.company.trade_name)
    return render(request, "team/choose.html", {"memberships": by_name})
