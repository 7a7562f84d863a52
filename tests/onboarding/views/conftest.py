from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox.authority import Authority
from tests.onboarding.views.standing import assigned
from tests.scenarios.camp import Camp
from tests.scenarios.cast import Cast
from tests.scenarios.online import Online


@pytest.fixture(scope="module")
def at_step_six(camp: Camp) -> Callable[[], Cast]:
    return camp.reached(assigned)


@pytest.fixture(scope="module")
def at_the_start(camp: Camp) -> Callable[[], Cast]:
    return camp.reached(Cast)


@pytest.fixture(scope="module")
def at_iys(camp: Camp) -> Callable[[], Cast]:
    def climb() -> Cast:
        found = Cast()
        found.at_iys()
        return found

    return camp.reached(climb)


@pytest.fixture
def online(authority: Authority, trust: Path) -> Iterator[Online]:
    """A company whose address is proved, before it asks the registry."""
    cast = Online(authority, trust)
    with cast.settings:
        cast.verify_email()
        yield cast
