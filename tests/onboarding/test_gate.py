import pytest

from journal.parties import Party
from onboarding.gate import Route, Status, board, current, finished
from onboarding.machine import Standing
from onboarding.steps import BY_KEY, STEPS


def standings(**states: str) -> dict[str, Standing]:
    """Every step at its beginning, but for those named."""
    return {
        step.key: Standing(step.state(states[step.key])) if step.key in states else Standing(step.initial)
        for step in STEPS
    }


DONE = {step.key: next(iter(step.done)).value for step in STEPS}


def statuses(route: Route, **states: str) -> list[Status]:
    return [verdict.status for verdict in board(route, standings(**states))]


def test_at_the_beginning_only_the_first_step_is_open() -> None:
    assert statuses(Route.FULL) == [Status.OPEN] + [Status.LOCKED] * 5


def test_a_locked_step_says_which_step_it_waits_for() -> None:
    verdicts = board(Route.FULL, standings(pre_application="sent"))
    assert [verdict.because.key for verdict in verdicts if verdict.because] == ["status_query"] * 4


def test_a_step_whose_turn_is_anybody_elses_is_waiting_on_them() -> None:
    second = board(Route.FULL, standings(pre_application="sent"))[1]
    assert (second.status, second.turn) == (Status.WAITING, Party.IYS)


def test_a_finished_step_behind_an_unfinished_one_stays_locked() -> None:
    verdicts = board(Route.FULL, standings(package_contract="confirmed"))
    assert verdicts[3].status is Status.LOCKED


@pytest.mark.parametrize("route", [Route.EXEMPT, Route.SELF_MANAGED])
def test_the_short_routes_need_the_sixth_step_alone(route: Route) -> None:
    assert statuses(route) == [Status.NOT_NEEDED] * 5 + [Status.OPEN]


def test_a_stale_step_is_the_companys_to_confirm_and_locks_what_follows() -> None:
    states = standings(**{key: DONE[key] for key in ("pre_application", "status_query", "code_receipt")})
    states["code_receipt"] = Standing(BY_KEY["code_receipt"].state("confirmed"), stale=True)
    verdicts = board(Route.FULL, states)
    assert (verdicts[2].status, verdicts[2].turn) == (Status.OPEN, Party.COMPANY)
    assert verdicts[3].status is Status.LOCKED


def test_a_held_step_waits_on_staff() -> None:
    states = standings()
    states["pre_application"] = Standing(BY_KEY["pre_application"].initial, held=True)
    verdict = board(Route.FULL, states)[0]
    assert (verdict.status, verdict.turn) == (Status.WAITING, Party.STAFF)


def test_a_stopped_step_has_no_turn_and_lets_nothing_through() -> None:
    verdicts = board(Route.FULL, standings(pre_application="rejected"))
    assert (verdicts[0].status, verdicts[0].turn) == (Status.STOPPED, None)
    assert {verdict.status for verdict in verdicts[1:]} == {Status.LOCKED}
    assert current(verdicts) is None


def test_all_done_is_finished() -> None:
    verdicts = board(Route.FULL, standings(**DONE))
    assert finished(verdicts)
    assert current(verdicts) is None
