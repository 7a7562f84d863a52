"""What every screen of the six steps starts with: the company's application, the actor, the gate's answer."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.db.models import F, Prefetch, prefetch_related_objects
from django.db.models.lookups import IsNull
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from documents.models import Document
from journal.parties import Party
from onboarding.actions.pre_application import submission
from onboarding.actor import Actor
from onboarding.dossier import content, papers
from onboarding.machine import Step
from onboarding.models import Application, Assignment, PackageChoice, StepRecord
from onboarding.models.application import ApplicationQuerySet
from onboarding.steps import CONTRACTS
from onboarding.transitions import perform
from onboarding.views.offers import Offers
from tenancy.access import CompanyRequest
from tenancy.old_pages import Overtaken
from tenancy.requests import by_a_page, number, words
from tenancy.roles import Role

P = ParamSpec("P")
ENDED = "Bu sayfa eskimiş: başvurunuz bu arada kapandı. Gönderdiğiniz kaydedilmedi."
NOT_OPEN = "Bu sayfa eskimiş: “{}” adımı bu arada kapandı. Gönderdiğiniz kaydedilmedi."

# There once at most, each in a table of its own. What the last steps but one make is joined for these alone: four
# tables more take PostgreSQL longer to plan than all the others together.
BESIDE = ("application_form", "cargo", "evidence")
OF_CONTRACTS = ("assignment__signed_form", "package_choice__package")


def attempt_of(request: CompanyRequest, *more: str) -> Application | None:
    """The company's live application, else its last one; None before the first."""
    return _attempts(request, *more).first()


def attempts_of(request: CompanyRequest) -> list[Application]:
    """The one that is live comes first, the others follow from the newest."""
    return list(_attempts(request))


def _attempts(request: CompanyRequest, *more: str) -> ApplicationQuerySet:
    """With all that every page of the six steps asks for. The company and its partner came with the request."""
    # In no order of the applications, which would join them once more.
    records = Prefetch("records", StepRecord.objects.order_by("pk"))
    live_first = request.company.applications.order_by(IsNull(F("closed_at"), rhs=False), "-opened_at")
    return live_first.select_related(*BESIDE, *more).prefetch_related(records)


def live_application_or_404(request: CompanyRequest) -> Application:
    application = _attempts(request, *OF_CONTRACTS).live().first()
    if application is None:
        raise Overtaken(ENDED)
    application.company = request.company
    return application


def only_read(application: Application, *relations: str | Prefetch[Any]) -> None:
    """For a page that shows the application and changes nothing: what several of its parts ask for is read once,
    these relations among them."""
    prefetch_related_objects([application], *relations)
    papers.only_read(application)


def only_read_dossier(application: Application, *more: str) -> None:
    """The same for what step 1 gathers, which pages look at from several sides."""
    documents = Prefetch("company__documents", Document.objects.select_related("reading"))
    # Whether a correction is made is seen by what was handed in before, beside all of it now.
    rounds = ("submissions", *content.FROZEN) if submission.corrections_asked(application) else ()
    only_read(application, documents, "co_signatories", "remarks", *rounds, *more)


def only_read_contracts(application: Application) -> None:
    """What steps 4 and 5 make, for a page that has found only now that the application stands there."""
    choice = Prefetch("package_choice", PackageChoice.objects.select_related("package"))
    only_read(application, Prefetch("assignment", Assignment.objects.select_related("signed_form")), choice)


def actor_of(request: CompanyRequest) -> Actor:
    return Actor(Party.COMPANY, request.user, Role(request.membership.role))


def offers_of(request: CompanyRequest, application: Application, step: Step, *, is_whole: bool = False) -> Offers:
    """What the page of this step offers to whoever asks; `is_whole` as there."""
    return Offers(application, step, Role(request.membership.role), is_whole=is_whole)


def expected_version(request: CompanyRequest) -> int:
    """The version of the record that the clicked screen showed; every form carries it as `expected_version`."""
    return number(request.POST.get("expected_version", ""))


def letter_digest(request: CompanyRequest) -> str:
    """The digest of the letter on the screen that was clicked; forms that approve one carry it as `letter`."""
    return request.POST.get("letter", "")


def moved_on(request: CompanyRequest, offers: Offers) -> bool:
    """Whether this is a form of before: the step has gone on since, and takes nothing of the company's now."""
    if request.method != "POST" or "expected_version" not in request.POST:
        return False
    is_open = offers.is_companys or offers.may_move
    return not is_open and expected_version(request) != offers.record.version


def open_step(
    step: Step,
) -> Callable[
    [Callable[Concatenate[CompanyRequest, Application, P], HttpResponse]],
    Callable[Concatenate[CompanyRequest, P], HttpResponse],
]:
    """For a step's screens: a locked step answers with the reason and the way to where one may act now, and a form
    that was open while its step moved on is closed with where it stands."""

    def decorate(
        view: Callable[Concatenate[CompanyRequest, Application, P], HttpResponse],
    ) -> Callable[Concatenate[CompanyRequest, P], HttpResponse]:
        def inner(request: CompanyRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            application = attempt_of(request, *(OF_CONTRACTS if step in CONTRACTS else ()))
            if application is None:
                return redirect("onboarding:route")
            application.company = request.company
            offers = offers_of(request, application, step)
            if offers.shut and request.method == "POST" and by_a_page(request):
                raise Overtaken(NOT_OPEN.format(step.title))
            if offers.shut:
                return render(request, "onboarding/shut.html", {"offers": offers}, status=409)
            if moved_on(request, offers):
                if by_a_page(request):
                    raise Overtaken(offers.moved_on, to=f"onboarding:{step.key}")
                messages.info(request, offers.moved_on)
                return redirect(f"onboarding:{step.key}")
            return view(request, application, *args, **kwargs)

        update_wrapper(inner, view)
        return inner

    return decorate


def client_address(request: HttpRequest) -> str | None:
    """The address that somebody asks or declares from; behind proxies PROXY_COUNT has to be right."""
    return request.META.get("REMOTE_ADDR") or None


def move_from(request: CompanyRequest, application: Application, step: Step, allowed: frozenset[str]) -> None:
    """Makes the move that a button of the step's page asks for. Raises Http404 for any other."""
    name = request.POST.get("move", "")
    if name not in allowed:
        raise Http404
    perform(
        application=application,
        step=step,
        move=name,
        actor=actor_of(request),
        reason=words(request, "reason"),
        expected_version=expected_version(request),
    )
