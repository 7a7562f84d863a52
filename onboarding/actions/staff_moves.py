"""What staff may do to the steps of an application: the moves by the way in which a page offers them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from journal.parties import Party
from onboarding.actions import package_contract, partner_assignment, support_note
from onboarding.actions.pre_application import submission
from onboarding.actor import Actor
from onboarding.codes import confirmation, settling
from onboarding.dossier import former_codes
from onboarding.machine import Move, Step
from onboarding.models import Application, StepRecord
from onboarding.overview import board
from onboarding.steps import CODE_RECEIPT, PACKAGE_CONTRACT, PARTNER_ASSIGNMENT
from onboarding.transitions import perform

# These need a remark per field; a bare button would lose them.
WITH_REMARKS = frozenset(submission.ASKING_MOVES.values())
# These have forms of their own, since they do more than the move.
WITH_FORMS = frozenset({"approve_online", "accept_evidence"})
# These do more than the table of moves says, or hold more against the application.
GUARDED: Mapping[tuple[str, str], Callable[..., None]] = {
    (CODE_RECEIPT.key, "reopen"): confirmation.reopen,
    (CODE_RECEIPT.key, "settle"): settling.settle,
    (PACKAGE_CONTRACT.key, "has_package"): package_contract.has_package,
    (PARTNER_ASSIGNMENT.key, "approve"): partner_assignment.approve,
}
# What İYS may say as well, in the words of who decides by what it saw itself: two buttons have no one name.
OWN_WORDS: Mapping[tuple[str, str], str] = {(PACKAGE_CONTRACT.key, "payment_failed"): "Ödemeyi göremedik"}


# What is asked where it is not a reason.
ASKED: Mapping[tuple[str, str], str] = {
    (CODE_RECEIPT.key, "settle"): "Ne yaptınız? Firma kendi sayfasında okur ve kodları bir kez daha onaylar."
}


def label(step: str, move: Move) -> str:
    """What is written on support's own button."""
    return OWN_WORDS.get((step, move.name), move.label)


@dataclass(frozen=True, slots=True)
class Apart:
    """A move that asks why. `ends`: the step ends by it without a result. `is_main`: no other leads on. `is_back`:
    of those beside a way on, the one by which the company does the step's work again."""

    move: Move
    label: str
    ends: bool
    is_main: bool
    is_back: bool
    asks: str


@dataclass(frozen=True, slots=True)
class StaffMoves:
    """The moves of one step: by a bare button, with remarks, and the answers of İYS that may be recorded."""

    record: StepRecord
    buttons: tuple[Move, ...]
    with_remarks: tuple[Move, ...]
    answers: tuple[Move, ...]
    # Of a stale step, what its result says otherwise than the codes in force.
    outdated: str = ""

    @property
    def forward(self) -> tuple[Move, ...]:
        """What needs no reason: it goes the way that the company hopes for."""
        return tuple(row for row in self.buttons if not row.reason_required)

    @property
    def apart(self) -> tuple[Apart, ...]:
        """What asks why."""
        step = self.record.definition
        asking = [row for row in self.buttons if row.reason_required]
        only = [row for row in asking if row.holds is None]
        main = only[0] if len(only) == 1 and not self.forward and not self.with_remarks else None
        to_company = [row for row in only if row.target and step.turns.get(row.target) == Party.COMPANY]
        back = next((row for row in to_company if row is not main and not self.with_remarks), None)
        return tuple(
            Apart(
                move=row,
                label=label(step.key, row),
                ends=row.target in step.stopped,
                is_main=row is main,
                is_back=row is back,
                asks=_asks(step, row),
            )
            for row in asking
        )

    @property
    def has_main(self) -> bool:
        return any(each.is_main for each in self.apart)

    @property
    def note(self) -> str:
        """Why the step stands where it does."""
        return support_note.note(self.record.state, self.record.reason)

    @property
    def noted_by(self) -> str:
        return support_note.writer(self.record.definition, self.record.state, self.record.reason)

    @property
    def is_ours(self) -> bool:
        """Whether it waits in support's queue: by its turn, or marked for support to look at."""
        return self.record.turn == Party.STAFF or self.record.flagged_at is not None


def _asks(step: Step, row: Move) -> str:
    told = "Firmaya da yazılır." if row.target in step.stopped else "Firma kendi sayfasında okur."
    return ASKED.get((step.key, row.name), f"Neden? {told}")


def offered(application: Application) -> tuple[list[StaffMoves], list[StaffMoves]]:
    """What is offered of the steps that somebody has to act on, and of those that are finished."""
    found = [_of_step(application, *of_one) for of_one in board.staff_moves(application)]
    return [each for each in found if each.record.turn], [each for each in found if not each.record.turn]


def _of_step(
    application: Application, record: StepRecord, own: tuple[Move, ...], answers: tuple[Move, ...]
) -> StaffMoves:
    outdated = former_codes.difference(application, record.definition) if record.stale else ""
    elsewhere = WITH_REMARKS | WITH_FORMS | ({"confirm_stale"} if outdated else set())
    if any(row.name == "settle" for row in own) and settling.is_clashing(application):
        elsewhere |= {"settle"}  # it cannot succeed; the page says what can be done
    return StaffMoves(
        record=record,
        buttons=tuple(row for row in own if row.name not in elsewhere),
        with_remarks=tuple(row for row in own if row.name in WITH_REMARKS),
        answers=answers,
        outdated=outdated,
    )


def has_button(step: Step, move: str) -> bool:
    return move in {row.name for row in step.moves} - WITH_REMARKS - WITH_FORMS


def make(
    *, application: Application, step: Step, move: str, actor: Actor, reason: str, expected_version: int
) -> None:
    """The move of a bare button. Raises as `perform` does, and NotAllowed for what guards it beside the table."""
    guarded = GUARDED.get((step.key, move))
    if guarded is not None:
        guarded(application=application, actor=actor, reason=reason, expected_version=expected_version)
        return
    perform(
        application=application,
        step=step,
        move=move,
        actor=actor,
        reason=reason,
        expected_version=expected_version,
    )
