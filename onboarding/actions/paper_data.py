"""The verb that gives a paper of steps 4 and 5 what it lacks; the dossier itself is closed by then."""

from collections.abc import Mapping

from django.db import transaction

from journal.entries import write
from journal.models import Event
from journal.parties import Party
from onboarding.actions.pre_application import submission
from onboarding.actor import Actor, NotAllowed
from onboarding.dossier import needed
from onboarding.models import Application, ChannelChoices, DocumentKind
from onboarding.steps import PACKAGE_CONTRACT, PARTNER_ASSIGNMENT
from onboarding.transitions import can

# The papers that a page asks for, each with the step that they belong to and the move that they are made for.
PAPERS = {
    needed.SALES_CONTRACT: (PACKAGE_CONTRACT, "accept"),
    DocumentKind.ASSIGNMENT_BLANK.value: (PARTNER_ASSIGNMENT, "submit"),
    DocumentKind.ASSIGNMENT_TO_SIGN.value: (PARTNER_ASSIGNMENT, "submit"),
}
# Who the company is stays as it was founded.
FIXED = frozenset({"trade_name", "tax_number"})


def askable(application: Application, paper: str) -> tuple[str, ...]:
    """The fields that may be given for this paper now: those it lacks. Whoever applied at İYS's own site has given
    them for the papers alone, and may change them as long as the paper can be made."""
    step, move = PAPERS[paper]
    if not can(application, step, move, Actor(Party.COMPANY)):
        return ()
    if application.application_form.channel == ChannelChoices.APPLIED:
        return tuple(name for name in needed.fields(application, paper) if name not in FIXED)
    return needed.lacking(application, paper)


def is_open(application: Application) -> bool:
    return any(askable(application, paper) for paper in PAPERS)


def fill(*, application: Application, paper: str, values: Mapping[str, object], actor: Actor) -> None:
    """Keeps what was typed. Raises NotAllowed when the paper is not to be made now."""
    with transaction.atomic():
        locked = Application.objects.select_for_update().select_related("company").get(pk=application.pk)
        fields = askable(locked, paper)
        if not fields:
            raise NotAllowed("Bu bilgiler şu anda değiştirilemez.")
        form = locked.application_form
        taken = {name: value for name, value in values.items() if name in fields}
        changed = submission.put(locked.company, form, taken)
        form.save()
        if changed:
            write(
                company=locked.company,
                event=Event.FILLED_IN,
                text="Belge için eksik bilgiler yazıldı",
                party=actor.party,
                actor=actor.user,
                application_id=locked.pk,
                step_key=PAPERS[paper][0].key,
                data={"fields": sorted(changed)},
            )
