from collections.abc import Iterator
from os import environ

import pytest

from tests.tenancy.rows_database import Database, Side, database, filled


@pytest.fixture(scope="session")
def place(postgresql: None) -> Iterator[Database]:
    """A database with roles, migrated by its owner."""
    with database(environ["DATABASE_URL"]) as made:
        migrated = made.manage("migrate", "--verbosity=0")
        assert migrated.returncode == 0, migrated.stderr
        yield made


@pytest.fixture(scope="session")
def sides(place: Database) -> list[Side]:
    """Two partners with their companies in it."""
    return filled(place)
