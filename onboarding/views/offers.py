"""What a screen of the company offers, to whom: the moves of the step's table, and the work that is no move.

A template asks by name, `{% if offers.submit %}`. A move is offered exactly when `transitions.perform` would
not refuse it; other work when its row in WORK says so. No template compares states or roles.
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial

from journal.parties import Party
from onboarding import gate, transitions
from onboarding.actions import paper_data
from onboarding.actions.pre_application import (
    channel,
    co_signatories,
    e_signature,
    information_entry,
    online,
    remarks,
    submission,
)
from onboarding.actor import Actor
from onboarding.dossier import content, former_codes
from onboarding.evidence_pack import building
from onboarding.forms.dossier import DossierForm
from onboarding.machine import Move, Step
from onboarding.mail import forwarded
from onboarding.models import Application, Attention, ChannelChoices, StepRecord
from onboarding.overview import history
from onboarding.overview.board import marks_of, whose_turn
from onboarding.steps import (
    CODE_RECEIPT,
    PACKAGE_CONTRACT,
    PARTNER_ASSIGNMENT,
    PRE_APPLICATION,
    STATUS_QUERY,
)
from tenancy.roles import Role

COMPANY = Actor(Party.COMPANY)
# The dossier is written in step 1 and corrected in step 2.
DOSSIER = (PRE_APPLICATION, STATUS_QUERY)


@dataclass(frozen=True, slots=True)
class Work:
    """What a company does without moving a step: the least role for it, and when it is open to anybody at all.

    `steps` are those that it brings on; what brings none on has no part in whose turn it is.
    """

    role: Role
    is_open: Callable[[Application], bool]
    steps: tuple[Step, ...] = ()


def _live(application: Application) -> bool:
    return application.closed_at is None


def _while(step: Step, move: str, application: Application) -> bool:
    """As long as the company could make this move."""
    return transitions.can(application, step, move, COMPANY)


def any_open(only: frozenset[str] | None, names: AbstractSet[str]) -> bool:
    """Whether any of these fields and documents is among the open ones; `only` as from `open_fields`."""
    return bool(names) if only is None else bool(only & names)


def _may_write(application: Application, names: AbstractSet[str]) -> bool:
    return any_open(submission.open_fields(application), names)


def _on(application: Application, wanted: ChannelChoices) -> bool:
    return application.application_form.channel == wanted


def _undertaking_on_paper(application: Application) -> bool:
    is_open = submission.open_record(application) is not None
    return is_open and application.application_form.complete and _on(application, ChannelChoices.MANUAL)


def _brand_names(application: Application) -> bool:
    by_name = _on(application, ChannelChoices.MANUAL) and "brands" not in information_entry.open_parts(application)
    return by_name and information_entry.brands_are_open(application)


def _papers(application: Application) -> bool:
    """Online only the undertaking is handed in, e-signed."""
    kinds = content.papers(application.application_form).keys()
    return not _on(application, ChannelChoices.ONLINE) and _may_write(application, kinds)


def _papers_to_read(application: Application) -> bool:
    """Beside the form of the data, whether İYS asks for them or not."""
    kinds = content.readable(application.application_form)
    return _may_write(application, frozenset(DossierForm.base_fields)) and _may_write(application, kinds)


def _review(application: Application) -> bool:
    record = submission.open_record(application)
    return record is not None and (record.step, record.state) in submission.SUBMITTING_MOVES


def _mail_is_awaited(step: Step, application: Application) -> bool:
    record = _record(application, step)
    return _live(application) and (
        record.turn == Party.IYS or (step is CODE_RECEIPT and forwarded.is_askable(application))
    )


def _record(application: Application, step: Step) -> StepRecord:
    return next(record for record in application.records.all() if record.step == step.key)


WORK: Mapping[str, Work] = {
    "change_route": Work(Role.EDITOR, _live),
    "new_application": Work(Role.OWNER, lambda application: not _live(application)),
    "introduce_account": Work(Role.OWNER, _live),
    "bring_any_mail": Work(Role.EDITOR, _live),
    "later_brand": Work(Role.EDITOR, information_entry.takes_later_brands),
    "summary": Work(Role.VIEWER, building.allowed),
    "reveal_identity": Work(
        Role.OWNER, lambda application: bool(content.identities(application.application_form))
    ),
    # Step 1, and its corrections in step 2.
    "choose_channel": Work(Role.EDITOR, channel.may_choose, DOSSIER),
    "write_data": Work(Role.EDITOR, partial(_may_write, names=frozenset(DossierForm.base_fields)), DOSSIER),
    "answer_mersis": Work(
        Role.EDITOR,
        lambda application: channel.may_choose(application) and _may_write(application, frozenset({"has_mersis"})),
        DOSSIER,
    ),
    "hand_in": Work(Role.EDITOR, _papers, DOSSIER),
    "read_paper": Work(Role.EDITOR, _papers_to_read, DOSSIER),
    "print_undertaking": Work(Role.EDITOR, _undertaking_on_paper),
    "name_co_signatories": Work(Role.EDITOR, co_signatories.is_open),
    "change_email": Work(Role.EDITOR, online.may_change_email),
    "sign": Work(Role.EDITOR, e_signature.is_open, DOSSIER),
    "name_brands": Work(Role.EDITOR, _brand_names),
    "record_cargo": Work(Role.EDITOR, lambda application: application.application_form.sends_parcel),
    "keep_evidence": Work(Role.EDITOR, partial(_while, PRE_APPLICATION, "give_evidence"), DOSSIER),
    "renew_link": Work(Role.EDITOR, information_entry.awaits_link, DOSSIER),
    "write_brands": Work(
        Role.EDITOR, lambda application: "brands" in information_entry.open_parts(application), DOSSIER
    ),
    "write_figures": Work(
        Role.EDITOR, lambda application: "statistics" in information_entry.open_parts(application), DOSSIER
    ),
    "answer_remarks": Work(Role.EDITOR, remarks.may_answer, DOSSIER),
    "review": Work(Role.VIEWER, _review),
    # Steps 3 to 6.
    "settle_differences": Work(Role.EDITOR, partial(_while, CODE_RECEIPT, "confirm"), (CODE_RECEIPT,)),
    "choose_package": Work(Role.EDITOR, partial(_while, PACKAGE_CONTRACT, "request"), (PACKAGE_CONTRACT,)),
    "draft_mail": Work(Role.EDITOR, partial(_while, PACKAGE_CONTRACT, "request_seen"), (PACKAGE_CONTRACT,)),
    "read_contract": Work(Role.VIEWER, partial(_while, PACKAGE_CONTRACT, "accept")),
    "pay": Work(Role.EDITOR, partial(_while, PACKAGE_CONTRACT, "claim_payment"), (PACKAGE_CONTRACT,)),
    "complete_papers": Work(Role.EDITOR, paper_data.is_open, (PACKAGE_CONTRACT, PARTNER_ASSIGNMENT)),
    "settle_reconciliation": Work(Role.EDITOR, lambda application: application.awaits_reconciliation),
    "prepare_form": Work(Role.EDITOR, partial(_while, PARTNER_ASSIGNMENT, "submit"), (PARTNER_ASSIGNMENT,)),
}


class Offers:
    """The page of one step for one role: what it offers, whose turn it is, and which includes say where it stands.

    `offers["name"]`, in a template `offers.name`, is whether a move or work is offered. Raises KeyError for a
    name that neither the step's table nor WORK knows; a test reads the templates for such names.
    """

    def __init__(self, application: Application, step: Step, role: Role) -> None:
        self.application = application
        self.step = step
        self.role = role
        self._records = {record.step: record for record in application.records.all()}
        self._known: dict[str, bool] = {}

    def __getitem__(self, name: str) -> bool:
        if name not in self._known:
            self._known[name] = self._offered(name)
        return self._known[name]

    def _offered(self, name: str) -> bool:
        if name == "bring_mail":
            return self.role.includes(Role.EDITOR) and _mail_is_awaited(self.step, self.application)
        work = WORK.get(name)
        if work is not None:
            return self.role.includes(work.role) and work.is_open(self.application)
        return not self._refusal(self.step.move(name), self.role)

    def _refusal(self, row: Move, role: Role | None) -> str:
        actor = Actor(Party.COMPANY, role=role)
        return transitions.refusal(self.application, self._records, row, self.step, actor)

    def open_to_company(self, move: str) -> bool:
        """Whether somebody of the company may make the move, be it another role."""
        return not self._refusal(self.step.move(move), None)

    def why_not(self, move: str) -> str:
        """The sentence with which this move would be refused; empty when it is offered."""
        return self._refusal(self.step.move(move), self.role)

    @property
    def record(self) -> StepRecord:
        return self._records[self.step.key]

    @cached_property
    def verdict(self) -> gate.Verdict:
        return self.application.verdicts()[self.step.number - 1]

    @property
    def closed(self) -> bool:
        return self.application.closed_at is not None

    @property
    def shut(self) -> bool:
        """There is nothing of this step to see: it was never reached, or must wait for one before it."""
        return self.verdict.status in (gate.Status.LOCKED, gate.Status.NOT_NEEDED)

    @cached_property
    def turn(self) -> str:
        """Whose turn it is, in words for this role; empty when it is nobody's."""
        party = None if self.closed else self.verdict.turn
        return whose_turn(party, mine=self.mine) if party else ""

    @cached_property
    def mine(self) -> bool:
        """It is the company's turn, and this role can bring the step on."""
        return self.is_companys and self._has_work(self.role)

    @property
    def is_companys(self) -> bool:
        """It is the company's turn, whatever the role."""
        return not self.closed and self.verdict.turn is Party.COMPANY

    @property
    def moved_on(self) -> str:
        """What somebody is told whose form was open while the step went on."""
        label = self.record.state_label
        if self.record.standing.state in self.step.done:
            return f"Bu adım siz bu sayfadayken tamamlandı: {label}. Yapmanız gereken bir şey yok; form kapandı."
        return f"Bu adım siz bu sayfadayken ilerledi: {label}. Form kapandı, gönderdiğiniz kaydedilmedi."

    @property
    def may_move(self) -> bool:
        """This role can bring the step on, be it that it waits for nobody: a declaration is written anew."""
        return self._may_move(self.role)

    def _may_move(self, role: Role) -> bool:
        moves = (row for row in self.step.moves if row.name != "withdraw")
        return any(not self._refusal(row, role) for row in moves)

    def _has_work(self, role: Role) -> bool:
        return self._may_move(role) or any(
            self.step in work.steps and role.includes(work.role) and work.is_open(self.application)
            for work in WORK.values()
        )

    @cached_property
    def who(self) -> str:
        """Who of the company can bring the step on, for whoever cannot."""
        if not self.is_companys or self.mine:
            return ""
        least = "düzenleyen ya da sahip" if self._has_work(Role.EDITOR) else "sahip (yönetici)"
        return f"Firmanızda {least} yetkisi olan biri sürdürebilir."

    @cached_property
    def outdated(self) -> str:
        """What a stale step's result says otherwise than the codes in force: it can only be done anew."""
        return former_codes.difference(self.application, self.step) if self.record.stale else ""

    @cached_property
    def screens(self) -> tuple[str, ...]:
        """The includes that say where the step stands; what lies over its state comes first."""
        own = f"onboarding/{self.step.key}/{self.record.state}.html"
        if self.closed:
            stopped = self.record.standing.state in self.step.stopped
            return ("onboarding/_closed.html", *([own] if stopped else []))
        if self.verdict.status is gate.Status.NOT_NEEDED:
            return ("onboarding/_not_needed.html",)
        if self.verdict.status is gate.Status.LOCKED:
            return ("onboarding/_locked.html",)
        if self.record.held:
            return ("onboarding/_held.html",)
        if self.record.stale:
            return ("onboarding/_stale.html",)
        return ("onboarding/_attention.html", own) if self.marks else (own,)

    @cached_property
    def marks(self) -> tuple[Attention, ...]:
        return marks_of([self.record])

    @property
    def half_way(self) -> bool:
        """Something was done here already."""
        return self.record.state != self.step.initial

    @cached_property
    def current(self) -> gate.Verdict | None:
        """Where somebody has to act now."""
        return None if self.closed else gate.current(self.application.verdicts())

    @cached_property
    def ending(self) -> history.Ending | None:
        return history.ending(self.application)

    @cached_property
    def paused_at(self) -> datetime | None:
        return history.paused_at(self.application, self.step)

    @cached_property
    def finished_at(self) -> datetime | None:
        """When the step was finished; None when it is not, or staff have reopened it."""
        done = self.record.standing.state in self.step.done
        return history.finished_at(self.application, self.step) if done else None
