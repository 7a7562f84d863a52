"""The way found by three answers: every combination, and what is not asked for."""

import pytest

from onboarding.gate import Route
from onboarding.ways import Because, Found, Signing, Situation, Way, find

E, P, F = Signing.ELECTRONIC, Signing.PAPER, Signing.FOREIGN
NEW = [
    # MERSİS number, signature → way, the answer that decided
    (True, E, Way.ONLINE, Because.ALL_AT_HAND),
    (True, P, Way.MANUAL, Because.PAPER),
    (True, F, Way.MANUAL, Because.FOREIGN),
    (False, E, Way.MANUAL, Because.NO_MERSIS),
    (False, P, Way.MANUAL, Because.NO_MERSIS),
    (False, F, Way.MANUAL, Because.FOREIGN),
]


@pytest.mark.parametrize(("mersis", "signing", "way", "because"), NEW)
def test_whoever_is_new_goes_online_only_with_all_that_it_takes(
    mersis: bool, signing: Signing, way: Way, because: Because
) -> None:
    assert find(Situation.NEW, has_mersis=mersis, signing=signing) == Found(way, because)


@pytest.mark.parametrize("situation", [Situation.APPLIED, Situation.EXEMPT, Situation.SELF_MANAGED])
@pytest.mark.parametrize("mersis", [None, True, False])
@pytest.mark.parametrize("signing", [None, *Signing])
def test_one_answer_is_enough_where_it_decides(
    situation: Situation, mersis: bool | None, signing: Signing | None
) -> None:
    assert find(situation, has_mersis=mersis, signing=signing) == Found(Way(situation.value), Because.SITUATION)


@pytest.mark.parametrize(("mersis", "signing"), [(None, None), (None, E), (None, F), (True, None), (False, None)])
def test_nothing_is_proposed_before_what_decides_is_answered(mersis: bool | None, signing: Signing | None) -> None:
    """A MERSİS number is asked for whatever else was said: the form and the papers follow it."""
    assert find(Situation.NEW, has_mersis=mersis, signing=signing) is None


def test_each_way_is_a_route_and_on_the_full_one_a_channel() -> None:
    assert {way: (way.route, way.channel) for way in Way} == {
        Way.ONLINE: (Route.FULL, "online"),
        Way.MANUAL: (Route.FULL, "manual"),
        Way.APPLIED: (Route.FULL, "applied"),
        Way.EXEMPT: (Route.EXEMPT, ""),
        Way.SELF_MANAGED: (Route.SELF_MANAGED, ""),
    }
