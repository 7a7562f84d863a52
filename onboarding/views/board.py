"""The company's home page, and the moves that every step has."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from journal.parties import Party
from onboarding import applications
from onboarding.actions.pre_application import parcel
from onboarding.machine import Step
from onboarding.models import Application
from onboarding.overview.board import board
from onboarding.overview.pulse import pulse
from onboarding.overview.threads import thread
from onboarding.steps import BY_KEY, CONTRACTS, DOSSIER, PANEL_SETTINGS, PRE_APPLICATION, STEPS
from onboarding.transitions import perform
from onboarding.views.application import (
    actor_of,
    attempt_of,
    attempts_of,
    expected_version,
    live_application_or_404,
    offers_of,
    only_read_contracts,
    only_read_dossier,
)
from onboarding.views.dossier_pages import lacking
from onboarding.views.next_screen import REVIEWS, onward, own_page, own_screen, screen
from onboarding.views.offers import Offers
from onboarding.views.refusals import refusals_as_messages
from tenancy.access import CompanyRequest, member
from tenancy.posting import posted_from
from tenancy.requests import words
from tenancy.roles import Role

# As many letters and answers as a printed board may have; the page itself shows the newest of them.
PRINTED = 50


@member()
def show(request: CompanyRequest) -> HttpResponse:
    # Taken first: what happens while the rest is read is then new to the next question.
    beat = pulse(request.company)
    attempts = attempts_of(request)
    if not attempts:
        return redirect("onboarding:route")
    application, *earlier = attempts
    return render(request, "onboarding/board.html", {**_shown(request, application, beat), "earlier": earlier})


@member()
def live(request: CompanyRequest) -> HttpResponse:
    """What the open board asks for by itself: nothing (204) until there is something new to show."""
    beat = pulse(request.company)
    if beat == request.GET.get("pulse"):
        return HttpResponse(status=204)
    application = attempt_of(request)
    if application is None:
        return HttpResponse(status=204)
    return render(request, "onboarding/board_live.html", _shown(request, application, beat))


@member()
def step_live(request: CompanyRequest, key: str) -> HttpResponse:
    """What the open page of a step asks for by itself: nothing until there is news, then to load itself anew, or
    the screen that comes next."""
    if key not in BY_KEY:
        raise Http404
    answer = HttpResponse(status=204)
    if pulse(request.company) != request.GET.get("pulse"):
        following = _after(request, BY_KEY[key], signing="imza" in request.GET)
        answer["HX-Redirect" if following else "HX-Refresh"] = following or "true"
    return answer


def _after(request: CompanyRequest, step: Step, *, signing: bool) -> str:
    """Where whoever waited on this step's page goes on, with a word about what is done; empty while it is not
    done, and where somebody else acts next. `signing`: the page waited for signatures, after which the paper is
    looked through and sent, as after one that is uploaded here."""
    application = attempt_of(request)
    if application is None:
        return ""
    is_done = step.is_done(application.standings()[step.key])
    to = own_screen(request, application) if is_done or signing else ""
    if not to or not (is_done or to in REVIEWS):
        return ""
    messages.success(request, _done_since(application, step) if is_done else "İmza tamam.")
    return reverse(to)


def _done_since(application: Application, step: Step) -> str:
    """İYS's approval that brings the codes ends two steps at once."""
    standings = application.standings()
    done = [each for each in STEPS if each.number >= step.number and each.is_done(standings[each.key])]
    if done == [step]:
        return f"{step.number}. adım tamamlandı: {step.title}."
    *numbers, last = (f"{each.number}." for each in done)
    return f"{', '.join(numbers)} ve {last} adım tamamlandı."


def _shown(request: CompanyRequest, application: Application, beat: str) -> dict[str, object]:
    application.company = request.company
    current = application.current()
    if current is not None and current.turn is Party.COMPANY:
        if current.step in DOSSIER:
            only_read_dossier(application)
        elif current.step in CONTRACTS:
            only_read_contracts(application)
    following = screen(application)
    is_whole = following in REVIEWS
    offers = _offers(request, application, is_whole=is_whole)
    return {
        "board": board(application, offers.own),
        "offers": offers,
        "lacking": lacking(application),
        "go_on": following if offers.may_go_on else own_page(offers.step),
        "application": application,
        "parcel": parcel.underway(application, offered=offers["record_cargo"]),
        "thread": thread(application, limit=PRINTED),
        "pulse": beat,
    }


def _offers(request: CompanyRequest, application: Application, *, is_whole: bool = False) -> Offers:
    """Those of the step that somebody has to act on now; of the last one when there is none."""
    current = application.current()
    return offers_of(request, application, current.step if current else PANEL_SETTINGS, is_whole=is_whole)


@member(Role.OWNER)
@posted_from("onboarding:board")
def apply_again(request: CompanyRequest) -> HttpResponse:
    with refusals_as_messages(request):
        application = applications.apply_again(company=request.company, actor=actor_of(request))
        return onward(request, application, PRE_APPLICATION)
    return redirect("onboarding:board")


@member(Role.OWNER)
def withdraw(request: CompanyRequest) -> HttpResponse:
    application = live_application_or_404(request)
    offers = _offers(request, application)
    step = offers.step
    if request.method == "GET" and not offers["withdraw"]:
        messages.info(request, offers.why_not("withdraw"))
        return redirect("onboarding:board")
    if request.method == "POST":
        with refusals_as_messages(request):
            perform(
                application=application,
                step=step,
                move="withdraw",
                actor=actor_of(request),
                reason=words(request, "reason"),
                expected_version=expected_version(request),
            )
            return redirect("onboarding:board")
        live_application_or_404(request)  # another tab may have closed it since it was read
    typed = words(request, "reason")
    return render(
        request,
        "onboarding/withdraw.html",
        {"record": application.record_of(step), "application": application, "reason": typed},
        status=422 if request.method == "POST" else 200,
    )


@member(Role.EDITOR)
@posted_from("onboarding:board")
def stale(request: CompanyRequest, key: str) -> HttpResponse:
    """A finished step behind a reopened one: its result is confirmed, or it is done again."""
    step = BY_KEY.get(key)
    move = request.POST.get("move", "")
    if step is None or move not in ("confirm_stale", "redo"):
        raise Http404
    application = live_application_or_404(request)
    with refusals_as_messages(request):
        perform(
            application=application,
            step=step,
            move=move,
            actor=actor_of(request),
            expected_version=expected_version(request),
        )
    return onward(request, application, step)
