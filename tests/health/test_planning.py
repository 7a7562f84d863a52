"""No query of the portal's is compiled by PostgreSQL: a page would wait for that."""

import os
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg2
import pytest
from django.db import connection

from health import doctor, planning

pytestmark = [pytest.mark.usefixtures("postgresql"), pytest.mark.django_db]


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """A database of its own, on a server that compiles: its address."""
    url, name = urlsplit(os.environ["DATABASE_URL"]), f"jit_{uuid4().hex[:8]}"
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as line, line.cursor() as cursor:
        line.autocommit = True
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(url._replace(path=f"/{name}"))
        finally:
            cursor.execute(f"DROP DATABASE {name}")


def jit(url: str) -> str:
    with closing(psycopg2.connect(url)) as line, line.cursor() as cursor:
        cursor.execute("SHOW jit")
        (value,) = cursor.fetchone() or ("",)
    return str(value)


def test_new_connections_compile_nothing_after_migrate(elsewhere: str) -> None:
    with closing(psycopg2.connect(elsewhere)) as line, line.cursor() as cursor:
        line.autocommit = True
        cursor.execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET jit = on', current_database()); END $$")
    assert jit(elsewhere) == "on"
    with closing(psycopg2.connect(elsewhere)) as line, line.cursor() as cursor:
        line.autocommit = True
        cursor.execute(planning.OFF)
    assert jit(elsewhere) == "off"


def test_doctor_tells_of_a_database_that_compiles_and_migrate_mends_it() -> None:
    def told() -> list[str]:
        return [each.do for each in doctor.examine() if "jit" in each.sentence]

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = on")
    assert told() == [planning.BY_HAND]
    # What `migrate` sends; the transaction of the test takes it back.
    planning.switch_off("default")
    assert told() == []


def test_whoever_may_not_is_stopped_by_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE stranger; SET LOCAL ROLE stranger; SET LOCAL jit = on")
        cursor.execute(planning.OFF)
        assert planning.compiles(connection)
        cursor.execute("RESET ROLE")
