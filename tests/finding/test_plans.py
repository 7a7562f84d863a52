"""PostgreSQL looks everything up in the index, as the role that the web server takes for support."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Model

from correspondence.models import Mail
from finding import lists, looking, near, typed
from onboarding.models import Application
from tenancy.models import Company, User
from tests.finding.seeded import AMISS, LOOKS, statements
from tests.scenarios.camp import Camp
from tests.scenarios.factories import PartnerFactory, UserFactory
from wall.roles import STAFF
from wall.standing import Standing, behind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postgresql")]
COMPANIES = 4000  # 92 000 words


class Asked:
    """Every query on the index, as it is handed to the database."""

    def __init__(self) -> None:
        self.queries: list[tuple[str, Any]] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        query = sql[sql.index("SELECT") :] if "SELECT" in sql else sql
        if 'FROM "finding_word"' in query or 'FROM "finding_part"' in query:
            self.queries.append((query, params))
        return execute(sql, params, many, context)


@pytest.fixture(scope="module")
def world(camp: Camp) -> Callable[[], User]:
    def climb() -> User:
        partner = PartnerFactory.create()
        with connection.cursor() as cursor:
            for statement in statements(COMPANIES, partner.pk):
                cursor.execute(statement)
            cursor.execute("ANALYZE finding_word, finding_part")
        user: User = UserFactory.create(is_staff=True, partner=partner)
        return user

    return camp.reached(climb)


@pytest.mark.parametrize("text", [*LOOKS, *AMISS])
def test_nothing_is_read_row_by_row(camp: Camp, world: Callable[[], User], text: str) -> None:
    staff = world()
    with looked(staff) as asked:
        meant = typed.read(text)
        found = near.beside(staff, meant, looking.look(staff, meant))
    if text in AMISS:
        assert any('"finding_part"' in query for query, _params in asked.queries)
        assert found.matches
    assert bool(asked.queries) != looking.needs_more(meant.words)


@pytest.mark.parametrize("text", LOOKS)
@pytest.mark.parametrize("model", [Company, Application, Mail], ids=str)
def test_a_list_that_is_searched_looks_up_too(
    camp: Camp, world: Callable[[], User], model: type[Model], text: str
) -> None:
    staff = world()
    page: Any = admin.site.get_model_admin(model)
    rows = model._default_manager.order_by("pk")
    with looked(staff) as asked:
        found = list(lists.search(staff, rows, text, page.found_by).rows[:5])
    assert bool(asked.queries) != looking.needs_more(typed.read(text).words)
    assert asked.queries or not found


@contextmanager
def looked(staff: User) -> Iterator[Asked]:
    """What is asked in the block is planned behind it: all of it goes along the index."""
    asked = Asked()
    with behind(lambda: Standing("staff", staff.pk, partner=staff.partner_id)), connection.cursor() as cursor:
        with connection.execute_wrapper(asked):
            yield asked
        cursor.execute("SELECT current_user, current_setting('enable_seqscan')")
        assert cursor.fetchone() == (STAFF, "on")
        for query, params in asked.queries:
            cursor.execute(f"EXPLAIN {query}", params)
            plan = "\n".join(row for (row,) in cursor.fetchall())
            assert "Seq Scan" not in plan, plan
            # By the word itself: an index that is read for its partner and kind alone is read from end to end.
            by_word = "words_to_find" in plan and re.search(r"Index Cond:.*\bword\b", plan)
            by_part = "part_once" in plan and re.search(r"Index Cond:.*\bpart\b", plan)
            assert by_word or by_part or "finding_word_pkey" in plan, plan
