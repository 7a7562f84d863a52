"""Keeps what a version leaves in its database: `make release-rows VERSION=v0.2.0`, once, when it is released.

A company that has finished, one that waits for İYS and one at the beginning, with what they have written and
were answered. Everything is invented.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from psycopg2 import sql
from psycopg2.extras import Json

from tests.releases.world import FIELD_KEY, Release, database


def main(name: str) -> None:
    with database() as url, tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": url,
            "FIELD_KEYS": FIELD_KEY,
            "DJANGO_SETTINGS_MODULE": "iysportal.settings",
            "BROKER_URL": "memory://",
            "S3_BUCKET": "",
            "VAR_DIR": folder,
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        fill(Path(folder))
        Release(name).keep(last_migrations(), rows())


def fill(folder: Path) -> None:
    from onboarding import first_data
    from tests.scenarios import mails
    from tests.scenarios.cast import Cast

    first_data.load()
    Cast()
    waiting = Cast()
    waiting.at_iys()
    waiting.arrives(folder, mails.RECEIVED)
    Cast().finished()


def last_migrations() -> dict[str, str]:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    return dict(sorted(MigrationLoader(connection).graph.leaf_nodes()))


def rows() -> str:
    """INSERT statements of every table that a migration has not filled; a table after those that it points to."""
    from django.apps import apps
    from django.core.serializers import sort_dependencies
    from django.db import connection

    models = sort_dependencies([(app, None) for app in apps.get_app_configs()], allow_cycles=True)
    tables = [table for model in models for table in _tables(model)]
    with connection.cursor() as cursor:
        lines = [line for table in dict.fromkeys(tables) for line in _inserts(cursor, table)]
    return "\n".join(lines) + "\n"


# Filled by migrations themselves, or of no worth to the next version.
LEFT_OUT = (
    "django_content_type",
    "auth_permission",
    "auth_group_permissions",
    "django_session",
    "onboarding_freemaildomain",
    "onboarding_reminderrule",
)


def _tables(model: Any) -> list[str]:
    own = [model._meta.db_table] if model._meta.managed and not model._meta.proxy else []
    return [
        table
        for table in (*own, *(field.m2m_db_table() for field in model._meta.local_many_to_many))
        if table not in LEFT_OUT
    ]


def _inserts(cursor: Any, table: str) -> Iterator[str]:
    cursor.execute(sql.SQL("SELECT * FROM {} ORDER BY 1").format(sql.Identifier(table)))
    names = [column.name for column in cursor.description]
    insert = sql.SQL("INSERT INTO {} ({}) VALUES ({});").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join([sql.Placeholder()] * len(names)),
    )

    for row in cursor.fetchall():
        values = [Json(value) if isinstance(value, dict | list) else value for value in row]
        yield cursor.mogrify(insert, values).decode()


if __name__ == "__main__":
    main(sys.argv[1])
