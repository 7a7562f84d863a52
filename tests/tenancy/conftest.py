from collections.abc import Iterator
from os import environ

import pytest

from tests.tenancy.rows_database import Database, Side, filled, migrated_database


@pytest.fixture(scope="session")
def place(postgresql: None) -> Iterator[Database]:
    """A database with roles, migrated by its owner."""
    with migrated_database(environ["DATABASE_URL"]) as made:
        yield made


@pytest.fixture(scope="session")
def sides(place: Database) -> list[Side]:
    """Two partners with their companies in it."""
    return filled(place)
