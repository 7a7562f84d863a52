"""Which move alone is left to the company in a step, once all that comes before it is done."""

from collections.abc import Callable, Mapping

from brands import registering
from onboarding.actions import partner_assignment
from onboarding.actions.pre_application import already_applied, information_entry, submission
from onboarding.dossier import changes
from onboarding.letters import who_acts
from onboarding.models import Application, Assignment, StepRecord
from onboarding.overview import returned_form
from onboarding.steps import PACKAGE_CONTRACT, PARTNER_ASSIGNMENT, PRE_APPLICATION


def last_move(application: Application, record: StepRecord) -> str:
    """Its name in the step's table; empty while something has to come before it."""
    if record.held or record.stale:
        return ""
    where = record.step, record.state
    move, is_whole = WHOLE.get(where, ("", None))
    return move if is_whole is not None and is_whole(application) else who_acts.ALONE.get(where, "")


def _dossier(application: Application) -> bool:
    """New or corrected, it may be handed in as it is."""
    return bool(application.application_form.channel) and not submission.missing(application)


def _entry(application: Application) -> bool:
    is_open = information_entry.is_open(application) and not registering.lacking(application.company)
    return is_open and not changes.untouched(application, step=PRE_APPLICATION.key)


def _package(application: Application) -> bool:
    return hasattr(application, "package_choice")


def _form(application: Application) -> bool:
    """Signed, for what is known now, and not the one that was sent back."""
    if Assignment.of(application).signed_form is None or returned_form.is_refused(application):
        return False
    return not partner_assignment.changed_since_signing(application)


WHOLE: Mapping[tuple[str, str], tuple[str, Callable[[Application], bool]]] = {
    **{where: (move, _dossier) for where, move in submission.SUBMITTING_MOVES.items()},
    (PRE_APPLICATION.key, "info_entry"): ("complete", _entry),
    (PRE_APPLICATION.key, "evidence"): ("give_evidence", already_applied.is_whole),
    (PACKAGE_CONTRACT.key, "choosing"): ("request", _package),
    (PARTNER_ASSIGNMENT.key, "preparing"): ("submit", _form),
}
