"""PostgreSQL looks everything up in the index, as the role that the web server takes for support."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from finding import looking, typed
from tenancy.models import User
from tests.finding.seeded import LOOKS, statements
from tests.scenarios.camp import Camp
from tests.scenarios.factories import PartnerFactory, UserFactory
from wall.roles import STAFF
from wall.standing import Standing, behind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql")]
COMPANIES = 2000  # 44 000 words


class Asked:
    """Every query on the index, as it is handed to the database."""

    def __init__(self) -> None:
        self.queries: list[tuple[str, Any]] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        query = sql[sql.index("SELECT") :] if "SELECT" in sql else sql
        if 'FROM "finding_word"' in query:
            self.queries.append((query, params))
        return execute(sql, params, many, context)


@pytest.fixture(scope="module")
def world(camp: Camp) -> Callable[[], User]:
    def climb() -> User:
        partner = PartnerFactory.create()
        with connection.cursor() as cursor:
            for statement in statements(COMPANIES, partner.pk):
                cursor.execute(statement)
            cursor.execute("ANALYZE finding_word")
        user: User = UserFactory.create(is_staff=True, partner=partner)
        return user

    return camp.reached(climb)


@pytest.mark.parametrize("text", LOOKS)
def test_nothing_is_read_row_by_row(camp: Camp, world: Callable[[], User], text: str) -> None:
    staff = world()
    asked = Asked()
    with behind(lambda: Standing("staff", staff.pk, partner=staff.partner_id)), connection.cursor() as cursor:
        with connection.execute_wrapper(asked):
            looking.look(staff, typed.read(text))
        assert bool(asked.queries) != looking.needs_more(typed.read(text).words)
        cursor.execute("SELECT current_user, current_setting('enable_seqscan')")
        assert cursor.fetchone() == (STAFF, "on")
        for query, params in asked.queries:
            cursor.execute(f"EXPLAIN {query}", params)
            plan = "\n".join(row for (row,) in cursor.fetchall())
            assert "Seq Scan" not in plan, plan
            # By the word itself: an index that is read for its partner and kind alone is read from end to end.
            by_word = "words_to_find" in plan and re.search(r"Index Cond:.*\bword\b", plan)
            assert by_word or "finding_word_pkey" in plan, plan
