"""What every screen of the six steps starts with: the company's attempt, the actor, the gate's answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from onboarding import gate
from onboarding.actor import Actor, NotAllowed
from onboarding.machine import Party, Role, Step
from onboarding.models import Onboarding, StepRecord
from onboarding.overview.board import board
from onboarding.transitions import perform
from tenancy.access import CompanyRequest
from tenancy.requests import number

P = ParamSpec("P")


def attempt_of(request: CompanyRequest) -> Onboarding | None:
    """The company's live attempt, else its last one; None before the first."""
    attempts = request.company.onboardings.prefetch_related("records")
    return attempts.live().first() or attempts.first()


def live_attempt_or_404(request: CompanyRequest) -> Onboarding:
    attempt = request.company.onboardings.live().prefetch_related("records").first()
    if attempt is None:
        raise Http404("Firmanın sürmekte olan bir başvurusu yok.")
    # The company and its partner are loaded with the request already.
    attempt.company = request.company
    return attempt


def actor_of(request: CompanyRequest) -> Actor:
    return Actor(Party.COMPANY, request.user, Role(request.membership.role))


def record_of(attempt: Onboarding, step: Step) -> StepRecord:
    return next(record for record in attempt.records.all() if record.step == step.key)


def seen_version(request: CompanyRequest) -> int:
    """The version of the record that the clicked screen showed; every form carries it as `seen`."""
    return number(request.POST.get("seen", ""))


def approved_letter(request: CompanyRequest) -> str:
    """The digest of the letter on the screen that was clicked; forms that approve one carry it as `letter`."""
    return request.POST.get("letter", "")


@contextmanager
def told(request: CompanyRequest) -> Iterator[None]:
    """Turns a refusal by the gate into a message: a late click ends in a sentence, not in an error."""
    try:
        yield
    except NotAllowed as refusal:
        messages.error(request, str(refusal))


def open_step(
    step: Step,
) -> Callable[
    [Callable[Concatenate[CompanyRequest, Onboarding, P], HttpResponse]],
    Callable[Concatenate[CompanyRequest, P], HttpResponse],
]:
    """For a step's screens: a locked step answers with the reason and the way to where one may act now."""

    def decorate(
        view: Callable[Concatenate[CompanyRequest, Onboarding, P], HttpResponse],
    ) -> Callable[Concatenate[CompanyRequest, P], HttpResponse]:
        def inner(request: CompanyRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            attempt = attempt_of(request)
            if attempt is None:
                return redirect("onboarding:route")
            attempt.company = request.company
            verdict = attempt.verdicts()[step.number - 1]
            if verdict.status in (gate.Status.LOCKED, gate.Status.NOT_NEEDED):
                return render(
                    request,
                    "onboarding/locked.html",
                    {"board": board(attempt), "verdict": verdict, "step": step},
                    status=409,
                )
            return view(request, attempt, *args, **kwargs)

        update_wrapper(inner, view)
        return inner

    return decorate


def client_address(request: HttpRequest) -> str | None:
    """The address that somebody asks or declares from; behind proxies PROXY_COUNT has to be right."""
    return request.META.get("REMOTE_ADDR") or None


def move_from(request: CompanyRequest, attempt: Onboarding, step: Step, allowed: frozenset[str]) -> None:
    """Makes the move that a button of the step's page asks for. Raises Http404 for any other."""
    name = request.POST.get("move", "")
    if name not in allowed:
        raise Http404
    perform(
        onboarding=attempt,
        step=step,
        move=name,
        actor=actor_of(request),
        reason=request.POST.get("reason", "").strip(),
        seen=seen_version(request),
    )
