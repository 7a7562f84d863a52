"""Databases of their own for what is asked among few and among many, on the server of the measurement.

They have its database's name in theirs, so they go when it goes (tests/servers/lasting.py).
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.core.files.storage import storages
from django.db import connection
from psycopg2 import sql

from bench import seeds
from correspondence.outgoing.restored import STORED

FEW, MANY = 1_000, int(os.environ.get("CASES", "100_000"))  # cases


def _name(ending: str) -> str:
    return f"{connection.settings_dict['NAME'].partition('_')[0]}_{ending}"


def _copied(ending: str, of: str) -> str:
    """A new database with all that stands in another, to which nobody is connected."""
    name, here = _name(ending), connection.settings_dict
    connection.close()
    with closing(
        psycopg2.connect(host=here["HOST"], port=here["PORT"], user=here["USER"], dbname="postgres")
    ) as at:
        at.autocommit = True  # no transaction can make a database
        with at.cursor() as cursor:
            words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            cursor.execute(words.format(sql.Identifier(name), sql.Identifier(of)))
    return name


def url(name: str) -> str:
    """Where a process of its own finds it."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


@contextmanager
def inside(name: str) -> Iterator[None]:
    """What is asked in the block is asked of this database. Entering and leaving costs a connection each."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@cache
def empty() -> str:
    """As migrations leave it; kept before any row is measured."""
    return _copied("empty", connection.settings_dict["NAME"])


@cache
def _pattern() -> str:
    """With the one case that all others are copied from, so that its keys are the same in each database."""
    name = _copied("pattern", empty())
    _counts_anew()
    with inside(name):
        seeds.pattern()
    return name


@cache
def of(cases: int) -> str:
    """With so many cases."""
    name = _copied(str(cases), _pattern())
    with inside(name):
        seeds.fill(cases)
    return name


def fresh(ending: str) -> str:
    """As migrations leave it, for a process of its own that is started next."""
    name = _copied(ending, empty())
    _counts_anew()
    return name


def _counts_anew() -> None:
    """The rows of letters have counted further in the store: a new database would be taken for a backup, and
    nothing go."""
    storages["private"].delete(STORED)
