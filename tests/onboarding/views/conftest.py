from collections.abc import Callable

import pytest

from tests.onboarding.views.standing import assigned
from tests.scenarios.camp import Camp
from tests.scenarios.cast import Cast


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
