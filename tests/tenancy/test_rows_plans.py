"""What the wall costs among thousands of companies and people: no more than among few."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from bench import seeds
from tenancy.models import Company, User
from tenancy.walls import standing_of
from tests.scenarios.camp import Camp
from tests.scenarios.ladder import at_iys
from tests.scenarios.support import REVIEW, colleague
from wall.standing import Standing, behind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql")]
CASES = 2_000
# A function that reads nothing is not told of.
CALLS = "SELECT coalesce(sum(calls), 0) FROM pg_stat_xact_user_functions WHERE funcname = %s"


@pytest.fixture(scope="module")
def world(camp: Camp) -> Callable[[], User]:
    """Support of a partner with thousands of companies, each with somebody who has an account."""

    def climb() -> User:
        first = at_iys()
        seeds.copy(first, 1, CASES)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return colleague(*REVIEW, partner=first.company.partner)

    return camp.reached(climb)


@pytest.fixture
def staff(world: Callable[[], User]) -> User:
    return world()


def calls(function: str, question: Callable[[], object]) -> int:
    """How often the question made PostgreSQL ask this function."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL track_functions = 'pl'")
        cursor.execute(CALLS, [function])
        ((before,),) = cursor.fetchall()
        question()
        cursor.execute("RESET ROLE")
        cursor.execute(CALLS, [function])
        ((after,),) = cursor.fetchall()
    return int(after - before)


def test_what_somebody_may_asks_for_no_other_person(staff: User) -> None:
    def asks() -> None:
        with behind(lambda: standing_of(staff)):
            found = Permission.objects.filter(user=staff).values_list("codename", flat=True)
            assert set(REVIEW) <= set(found)

    assert calls("wall_knows", asks) == 0


def test_a_person_who_is_the_partners_own_is_seen_without_asking_who_knows_it(staff: User) -> None:
    def asks() -> None:
        with behind(lambda: standing_of(staff)):
            assert list(User.objects.filter(partner=staff.partner_id)) == [staff]

    assert calls("wall_knows", asks) == 0


@pytest.mark.usefixtures("staff")
def test_a_company_meets_itself_without_asking_for_members() -> None:
    company = Company.objects.order_by("created_at").first()
    assert company is not None

    def asks() -> None:
        with behind(lambda: Standing("web", None, company.pk)):
            assert Company.objects.filter(pk=company.pk).exists()

    assert calls("wall_is_member", asks) == 0
