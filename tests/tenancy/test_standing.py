"""What PostgreSQL is told before a statement, and that it is told neither too little nor too late."""

import ast
from collections import Counter
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg2 import sql

from tenancy.models import Company
from tests.scenarios.factories import CompanyFactory
from tests.test_house import PACKAGES
from wall.crossings import Crossing
from wall.standing import Standing, behind, crossing, inside

ROOT = Path(__file__).parents[2]


def told() -> tuple[str, str, str]:
    """As whom, for which company and with what crossing the database has heard this very question."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, current_setting('wall.company', true), current_setting('wall.crossing', true)"
        )
        role, company, crossed = cursor.fetchone()
    return role, company or "", crossed or ""


def web(company: UUID | None = None) -> Standing:
    return Standing("web", company=company)


def given_up() -> None:
    """Asks within a savepoint, or a transaction, that is rolled back."""
    with transaction.atomic():
        told()
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.usefixtures("postgresql")
class TestTransaction:
    """Within one transaction, as tests and every `atomic` have it."""

    def test_outside_of_any_wall_the_log_in_role_decides(self) -> None:
        role, company, crossed = told()
        assert not role.startswith("iysportal_")
        assert (company, crossed) == ("", "")

    def test_a_wall_begins_and_ends_with_its_block(self) -> None:
        one, before = uuid4(), told()
        with behind(lambda: web(one)):
            assert told() == ("iysportal_web", str(one), "")
        assert told() == before

    def test_within_a_block_another_company_and_a_crossing_are_told_and_taken_back(self) -> None:
        one, other = uuid4(), uuid4()
        with behind(lambda: web(one)):
            with inside(other):
                assert told() == ("iysportal_web", str(other), "")
                with crossing(Crossing.HOST):
                    assert told() == ("iysportal_web", str(other), "host")
            assert told() == ("iysportal_web", str(one), "")

    def test_a_request_within_a_block_begins_anew(self) -> None:
        with behind(lambda: web(uuid4())), inside(uuid4()), crossing(Crossing.HOST), behind(web):
            assert told() == ("iysportal_web", "", "")

    def test_what_was_told_after_a_savepoint_is_told_again_after_its_rollback(self) -> None:
        """SET LOCAL is undone by ROLLBACK TO SAVEPOINT: without another word the rest would run as superuser."""
        one, other = uuid4(), uuid4()
        with behind(lambda: web(one)):
            given_up()
        assert not told()[0].startswith("iysportal_")
        with behind(lambda: web(one)):
            with inside(other):
                given_up()
            assert told() == ("iysportal_web", str(one), "")

    def test_a_manual_savepoint_is_seen_too(self) -> None:
        mark = transaction.savepoint()
        with behind(web):
            told()
            transaction.savepoint_rollback(mark)
            assert told()[0] == "iysportal_web"

    def test_the_same_is_told_once_and_never_as_a_statement_of_its_own(self) -> None:
        with (
            behind(web),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            told()
            told()
        assert len(asked) == 2
        assert ["SET LOCAL" in each["sql"] for each in asked] == [True, False]

    def test_iterating_in_chunks_is_walled(self) -> None:
        own, _foreign = CompanyFactory.create(), CompanyFactory.create()
        with behind(lambda: web(own.pk)):
            assert [each.pk for each in Company.objects.iterator(1)] == [own.pk]

    def test_a_statement_that_is_put_together_of_parts_is_walled(self) -> None:
        own, _foreign = CompanyFactory.create(), CompanyFactory.create()
        with behind(lambda: web(own.pk)), connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT id FROM {}").format(sql.Identifier("tenancy_company")))
            assert cursor.fetchall() == [(own.pk,)]

    def test_many_sets_of_parameters_are_walled(self) -> None:
        own, foreign = CompanyFactory.create(), CompanyFactory.create()
        with behind(lambda: web(own.pk)), connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE tenancy_company SET website = 'https://x.example' WHERE id = %s", [[own.pk], [foreign.pk]]
            )
        changed = Company.objects.filter(website="https://x.example")
        assert [each.pk for each in changed] == [own.pk]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql")
class TestOnItsOwn:
    """Each statement its own transaction, as most of a page has it."""

    def test_each_statement_is_told_and_nothing_stays_on_the_connection(self) -> None:
        one = uuid4()
        with behind(lambda: web(one)):
            assert told() == told() == ("iysportal_web", str(one), "")
        assert connection.connection is not None
        with connection.connection.cursor() as cursor:
            # Beside Django: what the connection is when it is handed on.
            cursor.execute("SELECT current_user = session_user, current_setting('wall.company', true)")
            assert cursor.fetchone() == (True, "")

    def test_a_transaction_after_another_is_told_again(self) -> None:
        with behind(web):
            for _time in range(2):
                with transaction.atomic():
                    assert told()[0] == "iysportal_web"
                    assert told()[0] == "iysportal_web"
            with transaction.atomic(), transaction.atomic():
                assert told()[0] == "iysportal_web"

    def test_after_a_rollback_the_next_statement_is_told_again(self) -> None:
        with behind(web):
            given_up()
            assert told()[0] == "iysportal_web"


def test_each_crossing_has_its_reason_and_one_place() -> None:
    """The list of all ways over the wall: one look-up each. A new one is argued for in `wall/crossings.py`."""
    assert {each.key for each in Crossing} == {
        "door",
        "session",
        "host",
        "invitation",
        "account_host",
        "posted",
        "tax_number",
        "signing_link",
        "status",
        "own_letter",
        "codes",
        "tax_offices",
        "usual_wait",
        "staff_to_tell",
        "partners",
        "person",
        "taken",
        "health",
    }
    assert all(len(each.why) > 40 and each.models for each in Crossing)
    used: dict[str, Counter[str]] = {each.name: Counter() for each in Crossing}
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text())):
                if (
                    isinstance(node, ast.Attribute)
                    and isinstance(node.value, ast.Name)
                    and node.value.id == "Crossing"
                ):
                    used[node.attr][str(file.relative_to(ROOT))] += 1
    used["DOOR"].pop("tenancy/rows/kinds.py")
    used["DOOR"].pop("tenancy/rows/policies.py")
    assert {name: set(files) for name, files in used.items()} == {
        "DOOR": {"tenancy/middleware.py"},
        "SESSION": {"accounts/session_store.py"},
        "HOST": {"partners/parties.py", "partners/views.py", "tenancy/memberships.py"},
        "ACCOUNT_HOST": {"accounts/hosts.py", "team/letters.py"},
        "POSTED": {"correspondence/outgoing/outbox.py"},
        "INVITATION": {"tenancy/memberships.py"},
        "TAX_NUMBER": {"tenancy/memberships.py"},
        "SIGNING_LINK": {"onboarding/views/signing.py"},
        "STATUS": {"onboarding/overview/status_lookup.py"},
        "OWN_LETTER": {"onboarding/mail/uploads.py"},
        "CODES": {"onboarding/codes/clashes.py"},
        "TAX_OFFICES": {"tenancy/tax_offices.py"},
        "USUAL_WAIT": {"onboarding/overview/expected_wait.py"},
        "STAFF_TO_TELL": {"tenancy/notices.py"},
        "PARTNERS": {"onboarding/checks.py", "partners/parties.py"},
        "PERSON": {"team/forms.py"},
        "TAKEN": {"tenancy/admin/base.py"},
        "HEALTH": {"health/figures.py"},
    }
