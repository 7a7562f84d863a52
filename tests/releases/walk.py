"""Walks one database from a released version to the head: `python -m tests.releases.walk v0.1.0`.

Prints what it found afterwards as JSON: how many rows each table had before and has now, and which models could be
read wholly, encrypted columns among them.
"""

import json
import os
import sys
from typing import Any

from psycopg2 import sql

from tests.releases.world import FIELD_KEY, Release, database


def main(name: str) -> None:
    release = Release(name)
    with database() as url:
        os.environ |= {
            "DATABASE_URL": url,
            "FIELD_KEYS": FIELD_KEY,
            "DJANGO_SETTINGS_MODULE": "iysportal.settings",
        }
        import django

        django.setup()
        from django.db import connection
        from django.db.migrations.executor import MigrationExecutor

        released = MigrationExecutor(connection).migrate(list(release.migrations.items()))
        with connection.cursor() as cursor:
            # As a restored backup is loaded: in any order of the tables.
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(release.rows)
            cursor.execute("SET session_replication_role = DEFAULT")
            for statement in _sequences(connection):
                cursor.execute(statement)
        _write_rules(released.apps)
        before = _counts(connection)
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
        print(
            json.dumps(
                {
                    "before": before,
                    "after": _counts(connection),
                    "boards": _boards(),
                    "companies": _companies(),
                    "read": _read(),
                    "taught": _taught(),
                }
            )
        )


def _sequences(connection: Any) -> list[str]:
    """Statements that let every sequence go on after the loaded rows, as a backup does."""
    from django.core.management.color import no_style
    from django.db.migrations.loader import MigrationLoader

    models = MigrationLoader(connection).project_state().apps.get_models(include_auto_created=True)
    there = set(connection.introspection.table_names())
    return list(
        connection.ops.sequence_reset_sql(no_style(), [model for model in models if model._meta.db_table in there])
    )


def _write_rules(released: Any) -> None:
    """Phrases that support had added to what the version reads by."""
    rules = released.get_model("correspondence", "ReadingRule").objects
    partner = released.get_model("partners", "Partner").objects.earliest("pk")
    user = released.get_model("tenancy", "User").objects.create(
        email="kural@portal.example", full_name="Kural Yazan", is_staff=True, partner=partner
    )
    example = "Merhaba.\nMX3ZB5JA no'lu dosyanız kayıt altına girmiştir. Sıra: 12. İyi günler."
    rules.create(
        name="kayıt", kind="received", any_of="dosyanız * kayıt altına gir*", example=example, created_by=user
    )
    rules.create(
        name="herkes", kind="refused", any_of="talebiniz geri çevrildi", example="Talebiniz geri çevrildi!"
    )
    rules.create(
        name="eski", kind="offer", any_of="eski bir söz", example="Bu eski bir söz.", active=False, created_by=user
    )


def _taught() -> list[list[Any]]:
    """What became of the rules, and how the reader of today takes it."""
    from correspondence.incoming.taught import as_known
    from correspondence.models import TaughtSentence

    return [
        [row.text, row.kind, row.active, row.partner_id is not None, as_known(row).kind == row.kind]
        for row in TaughtSentence.objects.all()
    ]


def _counts(connection: Any) -> dict[str, int]:
    names = connection.introspection.table_names()
    with connection.cursor() as cursor:
        found = {}
        for name in names:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
            found[name] = cursor.fetchone()[0]
    return found


def _read() -> dict[str, int]:
    """Every row of every model, all columns; raises for one that today's code cannot read."""
    from django.apps import apps

    return {model._meta.label: len(list(model._default_manager.all())) for model in apps.get_models()}


def _companies() -> list[int]:
    """How many tracking addresses in use each company has."""
    from tenancy.models import Company

    return [each.tracking_addresses.filter(retired_at=None).count() for each in Company.objects.all()]


def _boards() -> list[list[str]]:
    """What the gate says of each application's six steps."""
    from onboarding.models import Application

    found = Application.objects.order_by("opened_at").prefetch_related("records")
    return [[verdict.status.value for verdict in application.verdicts()] for application in found]


if __name__ == "__main__":
    main(sys.argv[1])
