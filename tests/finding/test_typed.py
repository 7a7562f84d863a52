"""What support types finds what is meant, and nothing else: the table of `typed.py`, by hand-made companies."""

from collections.abc import Callable

import pytest

from finding import looking, typed
from tenancy.models import Company, User
from tests.finding.people import FILLED, made
from tests.finding.typed import NUMBERS, TITLES
from tests.scenarios.camp import Camp
from tests.scenarios.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(camp: Camp) -> Callable[[], dict[str, Company]]:
    return camp.reached(made)


@pytest.fixture
def there(camp: Camp, world: Callable[[], dict[str, Company]]) -> dict[str, Company]:
    return world()


@pytest.fixture
def staff(there: dict[str, Company]) -> User:
    user: User = UserFactory.create(is_staff=True, partner=there["isil"].partner)
    return user


def found(staff: User, there: dict[str, Company], text: str) -> set[str]:
    names = {company.pk: name for name, company in there.items()}
    keys = {match.word.company_id for match in looking.look(staff, typed.read(text)).matches}
    return {names[key] for key in keys if key}


@pytest.mark.parametrize(("text", "due"), TITLES)
def test_a_title_is_found_however_it_is_typed(
    staff: User, there: dict[str, Company], text: str, due: set[str]
) -> None:
    assert found(staff, there, text) == due


@pytest.mark.parametrize(("text", "due"), NUMBERS)
def test_a_number_is_found_however_it_is_typed(
    staff: User, there: dict[str, Company], text: str, due: set[str]
) -> None:
    assert found(staff, there, text.format(**FILLED)) == due
