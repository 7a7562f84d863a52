"""A firm is known by its title however it is abbreviated, and never taken for another one."""

import pytest

from identifiers import turkish
from tests.identifiers.titles import BRANCHES, ONE_FIRM, TWO_FIRMS


@pytest.mark.parametrize(("short", "full"), ONE_FIRM)
def test_one_firm_in_two_writings(short: str, full: str) -> None:
    for one in (short, turkish.upper(short), turkish.lower(short), f"  {short} "):
        assert turkish.same(one, full)
        assert turkish.same(full, one)


@pytest.mark.parametrize(("short", "full"), ONE_FIRM)
def test_one_firm_is_akin_as_well(short: str, full: str) -> None:
    assert turkish.akin(short, full)
    assert turkish.akin(full, short)


@pytest.mark.parametrize(("one", "other"), TWO_FIRMS)
def test_two_firms_stay_two(one: str, other: str) -> None:
    assert not turkish.same(one, other)
    assert not turkish.same(turkish.upper(other), turkish.lower(one))


@pytest.mark.parametrize(("branch", "firm"), BRANCHES)
def test_a_branch_is_akin_to_its_firm(branch: str, firm: str) -> None:
    assert turkish.akin(branch, firm)
    assert turkish.akin(firm, branch)


def test_no_two_firms_of_the_table_are_the_same() -> None:
    titles = {full for _short, full in ONE_FIRM if full.startswith("Işık")}
    # A machine is spelt in two ways, a forwarder and an advertiser are called by two words each.
    twice = {
        frozenset({"makina", "makine"}),
        frozenset({"reklam", "reklamcılık"}),
        frozenset({"teknoloji", "teknolojileri"}),
    }
    for one in titles:
        for other in titles - {one}:
            apart = frozenset(set(turkish.lower(one).split()) ^ set(turkish.lower(other).split()))
            if apart not in twice:
                assert not turkish.same(one, other), (one, other)
