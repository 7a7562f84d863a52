"""What comes next for a company: the screen on which it goes on. After each post it lands there by itself, and the
board's button leads there."""

from django.http import HttpResponse
from django.shortcuts import redirect

from journal.parties import Party
from onboarding.actions.last_move import last_move
from onboarding.actions.pre_application import submission
from onboarding.machine import Step
from onboarding.models import Application, StepRecord
from onboarding.steps import PACKAGE_CONTRACT, PARTNER_ASSIGNMENT, PRE_APPLICATION, STATUS_QUERY
from onboarding.views.application import offers_of
from tenancy.access import CompanyRequest

BOARD, REVIEW, REVIEW_FORM = "onboarding:board", "onboarding:review", "onboarding:review_assignment"
# Where nothing is left in the step but to look it through and send it.
REVIEWS = frozenset({REVIEW, REVIEW_FORM})
# Where the page of step 1 itself leads on: the states whose screen is another one.
ELSEWHERE = {
    "email_code": "onboarding:email_code",
    "query": "onboarding:query",
    "form": "onboarding:dossier",
    "signing": "onboarding:sign",
    "info_entry": "onboarding:info_entry",
    "evidence": "onboarding:evidence",
}


def screen(application: Application) -> str:
    """The name of the URL where the company acts now; of the board when nothing is for it to do."""
    current = application.current()
    if current is None or current.turn is not Party.COMPANY:
        return BOARD
    step = current.step
    record = application.record_of(step)
    if record.held or record.stale:
        return own_page(step)
    last = last_move(application, record)
    if last and (record.step, record.state) in submission.SUBMITTING_MOVES:
        return REVIEW
    if step is PRE_APPLICATION:
        return _of_pre_application(application, record)
    if step is PACKAGE_CONTRACT and record.state == "choosing":
        return own_page(step) if last else "onboarding:choose_package"
    if step is PARTNER_ASSIGNMENT:
        return REVIEW_FORM if last else own_page(step)
    if step is STATUS_QUERY and record.state == "correcting":
        # What İYS wants is written there as well, beside where it is corrected.
        return own_page(PRE_APPLICATION)
    return own_page(step)


def own_page(step: Step) -> str:
    return f"onboarding:{step.key}"


def _of_pre_application(application: Application, record: StepRecord) -> str:
    form = application.application_form
    if record.state != "draft":
        return ELSEWHERE.get(record.state, own_page(PRE_APPLICATION))
    if not form.channel:
        return "onboarding:route"
    if form.has_mersis is None:
        return "onboarding:mersis_question"
    return own_page(PRE_APPLICATION) if form.complete else "onboarding:dossier"


def own_screen(request: CompanyRequest, application: Application) -> str:
    """As `screen`, for whoever asks; empty where somebody else acts next."""
    current = application.current()
    if current is None or not offers_of(request, application, current.step).may_go_on:
        return ""
    return screen(application)


def onward(request: CompanyRequest, application: Application, step: Step) -> HttpResponse:
    """After what was done in `step`: to the next screen for whoever did it to act on, else to where one waits."""
    found = request.company.applications.prefetch_related("records").get(pk=application.pk)
    found.company = request.company
    to = own_screen(request, found)
    if to:
        return redirect(to)
    current = found.current()
    return redirect(own_page(step) if current is None or current.step is step else BOARD)
