"""A person's own data: what is kept and why, all of it as a file, and the account erased."""

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import hosts, reauthentication
from accounts.reauthentication import recently_authenticated
from broker import ask
from documents.disclosure import in_force
from documents.storage import streamed
from partners.models import Partner
from privacy import persons, requests, tasks
from privacy.forms import LeaveForm
from privacy.kinds import KINDS
from privacy.models import DataKind, RetentionRule
from tenancy.access import for_company
from tenancy.posting import posted_from
from tenancy.requests import posted, user_of

OF_STAFF = frozenset({DataKind.STAFF_LOG, DataKind.STAFF_FIGURES})  # nothing to a company
PROVEN = "dogrulandi"  # the page after the password was asked for


def disclosure(request: HttpRequest) -> HttpResponse:
    """For anybody: the text that stands, folded, on every form that collects people's data."""
    found = in_force(_partner(request))
    if found is None:
        raise Http404
    return render(request, "privacy/disclosure.html", {"disclosure": found})


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    return _page(request, LeaveForm(user=user_of(request)))


@login_required
@posted_from("privacy:mine")
def ask_for_copy(request: HttpRequest) -> HttpResponse:
    requests.ask_for_copy(user_of(request))
    ask(tasks.fulfil_requests)
    return redirect("privacy:mine")


@login_required
def copy(request: HttpRequest) -> HttpResponse:
    """How far the copy is, for the page that waits for it."""
    return render(request, "privacy/_copy.html", {"copy": requests.copy_of(user_of(request))})


@login_required
@posted_from("privacy:mine")
def download(request: HttpRequest) -> HttpResponseBase:
    if not did_recently_reauthenticate(request):
        return reauthentication.ask(request, back=f"{reverse('privacy:mine')}?{PROVEN}")
    found = requests.copy_of(user_of(request))
    if found is None or found.done_at is None:
        return redirect("privacy:mine")
    return streamed(found)


@login_required
@posted_from("privacy:mine")
def leave(request: HttpRequest) -> HttpResponseBase:
    """Whoever has to stay reads why before the password is asked for."""
    if persons.holding(user_of(request)):
        return _page(request, LeaveForm(user=user_of(request)), status=409)
    return _leave(request)


@recently_authenticated
def _leave(request: HttpRequest) -> HttpResponse:
    form = LeaveForm(posted(request), user=user_of(request))
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        requests.ask_to_be_erased(user_of(request))
    except persons.CannotBeErased as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, status=422)
    ask(tasks.fulfil_requests)
    logout(request)
    messages.success(request, "Hesabınız kapatıldı. Verileriniz birkaç dakika içinde silinir.")
    return redirect("start")


def _page(request: HttpRequest, form: LeaveForm, status: int = 200) -> HttpResponse:
    rules = [
        (rule, KINDS[DataKind(rule.kind)].after)
        for rule in RetentionRule.objects.filter(active=True)
        if rule.kind in KINDS and (rule.kind not in OF_STAFF or user_of(request).is_staff)
    ]
    return render(
        request,
        "privacy/mine.html",
        {
            "form": form,
            "holding": [(each, _ways_out(each)) for each in persons.holding(user_of(request))],
            "copy": requests.copy_of(user_of(request)),
            "disclosure": in_force(_partner(request)),
            "rules": rules,
            "proven": PROVEN in request.GET,
        },
        status=status,
    )


def _ways_out(held: persons.Held) -> dict[str, str]:
    """Pages of that company, whichever is worked for now."""
    pages = {"hand_over": "team:hand_over", "team": "team:people", "withdraw": "onboarding:withdraw"}
    ways = {name: for_company(reverse(page), held.company) for name, page in pages.items()}
    return {**ways, "ask": for_company(reverse("support:questions"), held.company) + "&konu=ayrilma"}


def _partner(request: HttpRequest) -> Partner | None:
    """Whose words somebody is told: of the company that is worked for, else of the person's own partner, else of
    the host name."""
    company = getattr(request, "company", None)
    if company:
        return company.partner  # type: ignore[no-any-return]
    return hosts.partner_of(user_of(request) if request.user.is_authenticated else None, request)
