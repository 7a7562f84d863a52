"""PostgreSQL compiles no query of the portal's (`jit`), which is said to the database after each `migrate`.

Compiling pays for queries that read for seconds. A page's query with many conditions takes milliseconds to answer
and up to twenty seconds to compile, and whether it is compiled hangs on an estimate: from one day to the next, as
tables grow. With the table of support's queue: 12 tests take 10 s without, more than 600 s with it.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# For connections from now on. Whoever may not (a database that somebody else owns) is told by `doctor`.
OFF = """
DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
EXCEPTION WHEN insufficient_privilege THEN
    NULL;
END $$
"""
BY_HAND = "As the database's owner: ALTER DATABASE … SET jit = off"


def switch_off(using: str, **_signal: Any) -> None:
    """After `migrate`: new connections to this database compile nothing."""
    connection: BaseDatabaseWrapper = connections[using]
    if connection.vendor == "postgresql" and compiles(connection):
        with connection.cursor() as cursor:
            cursor.execute(OFF)


def compiles(connection: BaseDatabaseWrapper) -> bool:
    """Whether a new connection to the database compiles queries; this one may have been told before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_db_role_setting JOIN pg_database ON setdatabase = pg_database.oid"
            " WHERE datname = current_database() AND setrole = 0 AND 'jit=off' = ANY(setconfig)),"
            " current_setting('jit')"
        )
        switched_off, here = cursor.fetchone()
    return not switched_off and here == "on"
