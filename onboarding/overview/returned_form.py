"""The signed assignment form that support or İYS sent back, until another press hands one in."""

from dataclasses import dataclass
from datetime import datetime

from journal.models import Entry, Event
from journal.parties import Party
from onboarding.models import Application, Assignment
from onboarding.steps import PARTNER_ASSIGNMENT
from onboarding.transitions import lasting_moves

SENDING_BACK = ("return_form", "refuse")
DECIDING = (*SENDING_BACK, "submit")  # the last of these says whether the form is with the company again
NOT_AGAIN = "Form geri gönderildi: nedenini okuyun, düzeltilmiş formu yükleyin, sonra gönderin."


@dataclass(frozen=True, slots=True)
class Returned:
    """`heading` says who sent it back, `at` when. `replaced`: a form was handed in since, be it the same file."""

    heading: str
    reason: str
    at: datetime
    replaced: bool


def of(application: Application) -> Returned | None:
    """None where no form is, or none was sent back since the last was handed in to support."""
    form = Assignment.of(application).signed_form
    if form is None:
        return None
    moves = [each for each in lasting_moves(application, PARTNER_ASSIGNMENT) if each.data["move"] in DECIDING]
    back = moves[-1] if moves else None
    if back is None or back.data["move"] not in SENDING_BACK:
        return None
    handed_in = Entry.objects.filter(
        application_id=application.pk, event=Event.DOCUMENT_ADDED, pk__gt=back.pk, data__document=str(form.pk)
    )
    by_iys = back.party == Party.IYS
    return Returned(
        heading="İYS formunuzu kabul etmedi" if by_iys else "Destek ekibi formunuzu geri gönderdi",
        # As `perform` writes it behind the name of the move.
        reason=back.text.partition(" — ")[2],
        at=back.at,
        replaced=handed_in.exists(),
    )


def is_same_again(application: Application, returned: Returned) -> bool:
    """Whether the form is the very file of before, which may be right after all."""
    form = Assignment.of(application).signed_form
    earlier = application.company.documents.filter(created_at__lt=returned.at)
    return form is not None and earlier.of_kind(form.kind).filter(sha256=form.sha256).exists()


def is_refused(application: Application) -> bool:
    """Whether the form that is there is the one that was sent back."""
    found = of(application)
    return found is not None and not found.replaced
