"""Staff's side of differing codes: when they may go back to the company."""

from onboarding.actor import Actor, NotAllowed
from onboarding.codes.clashes import clashes
from onboarding.codes.confirmation import latest_reading
from onboarding.codes.seen import why_not_confirmed
from onboarding.models import Application
from onboarding.steps import CODE_RECEIPT
from onboarding.transitions import perform


def is_clashing(application: Application) -> bool:
    """Whether another company has one of the codes: they cannot be settled."""
    reading = latest_reading(application)
    return reading is not None and bool(clashes(reading))


def settle(*, application: Application, actor: Actor, reason: str, expected_version: int) -> None:
    """Staff give the codes back to the company. Raises NotAllowed while another company has one of them: the
    company's confirmation would be refused, and the case be here again."""
    if why := why_not_confirmed(actor.user, application):
        raise NotAllowed(why)
    perform(
        application=application,
        step=CODE_RECEIPT,
        move="settle",
        actor=actor,
        reason=reason,
        expected_version=expected_version,
    )
