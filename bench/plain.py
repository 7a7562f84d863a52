"""PostgreSQL without Django: what a limit asks goes past the ORM and past what is told before each statement."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg2.extensions import cursor as Cursor  # noqa: N812 psycopg2 names the class as its method


@contextmanager
def asking() -> Iterator[Cursor]:
    """A cursor of the driver on the portal's own connection; each statement commits unless BEGIN was said."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        yield cursor
