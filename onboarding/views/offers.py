"""What a screen of the company offers, to whom: the moves of the step's table, and the work that is no move.

A template asks by name, `{% if offers.submit %}`. A move is offered exactly when `transitions.perform` would
not refuse it; other work when its row in WORK says so. No template compares states or roles.
"""

from dataclasses import replace
from datetime import datetime
from functools import cached_property

from journal.parties import Party
from onboarding import gate, transitions
from onboarding.actions import package_contract, signing_links
from onboarding.actions.last_move import last_move
from onboarding.actions.pre_application import submission
from onboarding.actor import Actor
from onboarding.dossier import e_signed, former_codes
from onboarding.dossier.e_signed import Awaited
from onboarding.letters import who_acts
from onboarding.machine import Move, Step
from onboarding.models import Application, Attention, HandOff, StepRecord
from onboarding.overview import history
from onboarding.overview.board import Own, headline, marks_of, whose_turn
from onboarding.steps import PACKAGE_CONTRACT
from onboarding.views.work import WORK, mail_is_awaited
from support.models import Question
from tenancy.roles import Role

# The moves that hand in a dossier or a form, after a last look at it.
HANDING_IN = frozenset({*submission.SUBMITTING_MOVES.values(), "submit"})


class Offers:
    """The page of one step for one role: what it offers, whose turn it is, and which includes say where it stands.

    `offers["name"]`, in a template `offers.name`, is whether a move or work is offered. Raises KeyError for a
    name that neither the step's table nor WORK knows; a test reads the templates for such names.

    `is_whole`: it is known already that nothing is left but to hand in.
    """

    def __init__(self, application: Application, step: Step, role: Role, *, is_whole: bool = False) -> None:
        self.is_whole = is_whole
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
            return self.role.includes(Role.EDITOR) and mail_is_awaited(self.step, self.application)
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

    @cached_property
    def now(self) -> gate.Verdict | None:
        """Where somebody has to act now, whichever step it is."""
        return self.application.current()

    @property
    def asks_for_news(self) -> bool:
        """Whether its page keeps itself up to date: the step waits, or it is done and the next one waits for
        somebody else."""
        if self.now is None or self.verdict.active:
            return self.now is not None
        return self.now.step.number == self.step.number + 1 and self.now.turn != Party.COMPANY

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
        return whose_turn(party, self.own) if party else ""

    @property
    def headline(self) -> str:
        """What is waited for in the company's turn."""
        return headline(self.record.state_label, replace(self.own, ready=self.last in HANDING_IN))

    @property
    def own(self) -> Own:
        """How far the company's turn has come."""
        return Own(self.mine, self.is_whole, self.awaited, with_support=self.with_support is not None)

    @cached_property
    def with_support(self) -> Question | None:
        """What support looks at in the company's turn, so that the company waits."""
        if self.step is not PACKAGE_CONTRACT or not self.is_companys:
            return None
        return package_contract.own_package_question(self.application)

    @cached_property
    def awaited(self) -> Awaited | None:
        """Whose signatures alone are waited for in the company's turn."""
        if self.is_whole or not self.is_companys:
            return None
        paper = signing_links.paper_in(self.application, self.step)
        found = signing_links.awaited(self.application, paper, self.links) if paper else None
        return None if found and self.last else found

    @cached_property
    def links(self) -> list[HandOff]:
        """By which the step's paper is signed."""
        paper = signing_links.paper_in(self.application, self.step)
        return e_signed.open_links(self.application, paper) if paper else []

    @cached_property
    def last(self) -> str:
        """The move that alone is left to the company."""
        return last_move(self.application, self.record) if self.is_companys else ""

    @cached_property
    def may_go_on(self) -> bool:
        """It is the company's turn, and this role has something to do in it."""
        return self.is_companys and self._has_work(self.role)

    @cached_property
    def mine(self) -> bool:
        """And something that brings the step on: what is left may be an owner's, or others' signatures."""
        if not self.may_go_on or self.awaited or self.with_support:
            return False
        # What an owner may do is not asked for: that costs a look at the whole dossier.
        return self.role is Role.OWNER or not self.last or self.role.includes(self.step.move(self.last).role)

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
        """Who can bring the step on, for whoever cannot."""
        if not self.is_companys or self.mine:
            return ""
        if self.with_support:
            return "Yanıt gelince size yazarız; teklif istemeyin."
        if self.awaited:
            return self.awaited.how_long
        if self.last:
            return who_acts.sentence(self.application.company, self.step.move(self.last).role, self.last)
        least = Role.EDITOR if self._has_work(Role.EDITOR) else Role.OWNER
        return who_acts.sentence(self.application.company, least)

    @cached_property
    def who_hands_in(self) -> str:
        """Who makes the move that hands in what the step's pages gather."""
        return who_acts.sentence(self.application.company, Role.OWNER, "submit")

    @cached_property
    def outdated(self) -> str:
        """Why a stale step can only be done anew."""
        return former_codes.refusal(self.application, self.step) if self.record.stale else ""

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
        return self.application.current()

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
