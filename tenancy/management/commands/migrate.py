"""Django's `migrate`, which first looks whether the database is one that today's migrations can go on from, and
last brings PostgreSQL's rights and policies up to what is declared (`tenancy.rows`)."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from tenancy.rows import applying

# Before 0.1.0 every app had a chain of migrations of its own; this one stood at the beginning of all.
UNRELEASED = ("tenancy", "0001_users_and_companies")
REFUSAL = """This database was made by a version before 0.1.0, and today's migrations cannot go on from it.
Nothing of before 0.1.0 was ever released, so there is no way over. Begin with an empty database:
  SQLite (make run):  mv var var-before-0.1.0
  PostgreSQL:         create a new database and name it in DATABASE_URL
What is in the old one stays readable with the version that made it."""


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if made_before_release(connection):
            raise CommandError(REFUSAL)
        super().handle(*args, **options)
        only_looks = options["plan"] or options["check_unapplied"]
        if connection.vendor == "postgresql" and not only_looks and has_all_tables(connection):
            try:
                changed = applying.apply(connection)
            except applying.NotWalled as refusal:
                raise CommandError(str(refusal)) from refusal
            if changed and options["verbosity"]:
                self.stdout.write(f"Rights and policies were renewed on {len(changed)} tables.")


def made_before_release(connection: BaseDatabaseWrapper) -> bool:
    """Whether the migrations of before 0.1.0, which are gone, have run on this database."""
    return UNRELEASED in MigrationRecorder(connection).applied_migrations()


def has_all_tables(connection: BaseDatabaseWrapper) -> bool:
    """Policies name columns of today. On the way there tables keep those that they have; new ones are closed."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
