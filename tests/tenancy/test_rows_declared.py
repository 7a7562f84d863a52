"""A table of which nobody has said to whom its rows belong is refused; what was tampered with is put right."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError
from django.db import connection, models

from tenancy.rows import applying
from tenancy.rows.checks import every_model_is_declared
from tenancy.rows.declared import declared
from tenancy.rows.declared import models as known
from wall.roles import STAFF, WEB, WORKER


@pytest.fixture
def forgotten() -> Iterator[type[models.Model]]:
    """A model of a company that somebody adds without a word about its rows."""

    class Forgotten(models.Model):
        company = models.ForeignKey("tenancy.Company", models.CASCADE, related_name="+")

        class Meta:
            app_label = "tenancy"

        def __str__(self) -> str:
            return str(self.pk)

    try:
        yield Forgotten
    finally:
        del apps.all_models["tenancy"]["forgotten"]
        apps.clear_cache()


def test_every_model_is_declared_and_nothing_else() -> None:
    assert set(declared()) == set(known())
    assert every_model_is_declared() == []


def test_what_is_nobodys_says_why() -> None:
    for label, kind in declared().items():
        assert kind.is_walled or len(kind.why) > 10, label


def test_a_model_that_is_not_declared_fails_the_checks(forgotten: type[models.Model]) -> None:
    (found,) = every_model_is_declared()
    assert (found.id, "tenancy.Forgotten" in found.msg) == ("tenancy.E001", True)
    with pytest.raises(SystemCheckError, match=r"tenancy\.Forgotten"):
        call_command("check")


@pytest.mark.django_db
@pytest.mark.usefixtures("postgresql")
class TestDatabase:
    def test_nothing_is_left_to_do_after_migrating(self) -> None:
        assert applying.apply(connection) == []

    def test_migrate_refuses_a_table_that_is_not_declared(self) -> None:
        name = f"throw_away_{uuid4().hex}"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {name} (company_id uuid)")
        with pytest.raises(CommandError, match=name):
            call_command("migrate", verbosity=0)

    def test_migrate_refuses_a_model_that_is_not_declared(self, forgotten: type[models.Model]) -> None:
        with pytest.raises(CommandError, match=r"tenancy\.Forgotten"):
            call_command("migrate", verbosity=0)

    def test_a_new_table_is_closed_until_it_is_declared(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE throw_away (company_id uuid)")
            cursor.execute(
                "SELECT bool_or(has_table_privilege(role, 'throw_away', 'SELECT, INSERT, UPDATE, DELETE')) "
                "FROM unnest(%s) AS role",
                [[WEB, STAFF, WORKER]],
            )
            assert cursor.fetchone() == (False,)

    @pytest.mark.parametrize(
        "tampering",
        [
            "DROP POLICY wall_web ON brands_brand",
            "CREATE POLICY hole ON brands_brand TO PUBLIC USING (true)",
            "ALTER POLICY wall_web ON brands_brand USING (true)",
            "ALTER TABLE brands_brand DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE brands_brand NO FORCE ROW LEVEL SECURITY",
            f"GRANT TRUNCATE ON brands_brand TO {WORKER}",
            "GRANT SELECT ON brands_brand TO PUBLIC",
        ],
    )
    def test_what_somebody_did_by_hand_is_undone_by_the_next_migrate(self, tampering: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(applying.STATE)
            before = {row[0]: row[3] for row in cursor.fetchall()}
            cursor.execute(tampering)
            assert applying.apply(connection) == ["brands_brand"]
            cursor.execute(applying.STATE)
            assert {row[0]: row[3] for row in cursor.fetchall()} == before
        assert applying.apply(connection) == []
