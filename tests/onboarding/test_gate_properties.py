"""No sequence of moves by any parties breaks the order of the steps. The model here is written apart from the
gate: a list of finished steps and of turns, kept by hand."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from journal.parties import Party
from onboarding.gate import NEEDED, Route, Status, board
from onboarding.machine import Move, Standing, Step
from onboarding.steps import STEPS
from tenancy.roles import Role

TURNS = {Status.OPEN, Status.WAITING}


class AnyPartiesMoves(RuleBasedStateMachine):
    """Any party tries any move of any step at any time; the gate and the tables answer."""

    def __init__(self) -> None:
        super().__init__()
        self.route = Route.FULL
        self.standings = {step.key: Standing(step.initial) for step in STEPS}

    def application(self, step: Step, row: Move, party: Party, role: Role) -> None:
        before = dict(self.standings)
        verdict = board(self.route, before)[step.number - 1]
        if not verdict.passable or step.refusal(row, before[step.key], by=party, role=role):
            return
        after = step.after(row, before[step.key])
        self.standings[step.key] = after
        if row.reopens:
            for later in STEPS[step.number :]:
                if self.standings[later.key].state in later.done:
                    self.standings[later.key] = Standing(self.standings[later.key].state, stale=True)
        self.check_move(step, row, party, before, after)

    def check_move(
        self, step: Step, row: Move, party: Party, before: dict[str, Standing], after: Standing
    ) -> None:
        for earlier in STEPS[: step.number - 1]:
            if earlier.key in NEEDED[self.route]:
                standing = before[earlier.key]
                assert standing.state in earlier.done, "a step moved before its predecessor was done"
                assert not standing.stale, "a step moved behind a stale one"
        assert party in row.by
        if after.state != before[step.key].state:
            assert before[step.key].state in row.source, "a state was skipped"
            assert after.state == row.target

    @rule(data=st.data(), party=st.sampled_from(Party), role=st.sampled_from(Role))
    def anything(self, data: st.DataObject, party: Party, role: Role) -> None:
        step = data.draw(st.sampled_from(STEPS))
        self.application(step, data.draw(st.sampled_from(step.moves)), party, role)

    @rule(data=st.data())
    def something_that_goes_on(self, data: st.DataObject) -> None:
        """Chance alone seldom gets past the first step: now and then the one open step really moves."""
        for verdict in board(self.route, self.standings):
            if verdict.active:
                rows = [row for row in verdict.step.moves if row.name not in ("withdraw", "hold")]
                row = data.draw(st.sampled_from(rows))
                self.application(verdict.step, row, data.draw(st.sampled_from(sorted(row.by))), Role.OWNER)

    @rule(data=st.data())
    def a_finished_step_is_reopened(self, data: st.DataObject) -> None:
        """What lies behind it and was finished is in doubt from then on, and nothing of it is lost."""
        done = [each.step for each in board(self.route, self.standings) if each.status is Status.DONE]
        if not done:
            return
        step, before = data.draw(st.sampled_from(done)), dict(self.standings)
        self.application(step, step.move("reopen"), Party.STAFF, Role.OWNER)
        assert self.standings[step.key].state == step.initial
        for later in STEPS[step.number :]:
            after = self.standings[later.key]
            assert after.state == before[later.key].state
            assert after.stale or after.state not in later.done

    @rule(name=st.sampled_from(("hold", "resume")))
    def support_holds_or_goes_on(self, name: str) -> None:
        """Holding gives support the turn and changes no state; going on gives it back."""
        for verdict in board(self.route, self.standings):
            before = self.standings[verdict.step.key]
            if not verdict.active or before.stale:
                continue
            self.application(verdict.step, verdict.step.move(name), Party.STAFF, Role.OWNER)
            after = self.standings[verdict.step.key]
            assert after.state == before.state
            whose = Party.STAFF if name == "hold" else verdict.step.turns[after.state]
            assert verdict.step.turn(after) is whose

    @rule(route=st.sampled_from(Route))
    def change_route(self, route: Route) -> None:
        self.route = route

    @invariant()
    def open_and_waiting_steps_have_one_turn_and_others_none(self) -> None:
        verdicts = board(self.route, self.standings)
        for verdict in verdicts:
            assert (verdict.turn is not None) == (verdict.status in TURNS)
        assert sum(verdict.status in TURNS for verdict in verdicts) <= 1, "two steps are open at once"

    @invariant()
    def nothing_is_open_behind_what_is_not_done(self) -> None:
        barrier = False
        for verdict in board(self.route, self.standings):
            if verdict.status is Status.NOT_NEEDED:
                continue
            if barrier:
                assert verdict.status is Status.LOCKED
            barrier = barrier or verdict.status is not Status.DONE


AnyPartiesMoves.TestCase.settings = settings(max_examples=150, stateful_step_count=60)
TestAnyPartiesMoves = AnyPartiesMoves.TestCase
