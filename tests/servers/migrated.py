"""A database with all migrations applied, of which the tests get copies: applying them takes seconds.

Django still asks each copy what is missing, so one that is behind is only slower.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from tests.servers.postgres import program
from tests.servers.swift import PROJECT
from wall.roles import STAFF, WEB, WORKER

LOCK = 7_301  # of PostgreSQL's advisory locks: who comes second waits until the first one has made it


def on_postgresql(url: str) -> str:
    """The name of that database on the server of this address; it is made when no run before has made it."""
    return template(url, "migrated", _migrate)


def template(url: str, kind: str, fill: Callable[[str], None]) -> str:
    """The name of a database of today's migrations that `fill`, given its address, has filled once."""
    name, making = f"{kind}_{fingerprint()}", f"{kind}_in_the_making"
    # Such a lock is of one database: whoever wants it has to ask in the same one.
    with closing(psycopg2.connect(_of(url, "postgres"))) as line, line.cursor() as cursor:
        line.autocommit = True
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"DROP DATABASE IF EXISTS {making}")  # of a run that was ended in the middle
            cursor.execute(f"CREATE DATABASE {making}")
            fill(_of(url, making))
            cursor.execute(f"ALTER DATABASE {making} RENAME TO {name}")
    return name


def onto(url: str) -> None:
    """Fills the empty database of this address, on a server of a test's own, with what that database has."""
    ours = os.environ["DATABASE_URL"]
    dump = [program("pg_dump"), "--no-owner", _of(ours, on_postgresql(ours))]
    dumped = subprocess.run(dump, check=True, capture_output=True)
    # No dump of a database has them: they are the whole server's.
    roles = "".join(f"CREATE ROLE {role} NOLOGIN;\n" for role in (WEB, STAFF, WORKER))
    load = [program("psql"), "--quiet", "--set=ON_ERROR_STOP=1", url]
    subprocess.run(load, input=roles.encode() + dumped.stdout, check=True, capture_output=True)


def in_memory(name: str) -> sqlite3.Connection:
    """Django's SQLite database of this name, filled; it lasts until its last connection, this one, is closed."""
    folder = PROJECT / "var"
    folder.mkdir(exist_ok=True)
    file = folder / f"test-migrated-{fingerprint()}.sqlite3"
    with (folder / "test-migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            for old in folder.glob("test-migrat*.sqlite3*"):
                old.unlink()
            migrating = folder / "test-migrating.sqlite3"
            _migrate(f"sqlite:///{migrating}")
            migrating.rename(file)
        memory = sqlite3.connect(f"file:{name}?mode=memory&cache=shared", uri=True)
        with closing(sqlite3.connect(file)) as migrated:
            migrated.backup(memory)
    return memory


def _of(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _migrate(url: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=PROJECT, env={**os.environ, "DATABASE_URL": url}, check=True)


def fingerprint() -> str:
    """Of the migrations, ours and those of the packages in their pinned versions, and of the policies."""
    rows = [*sorted(PROJECT.glob("tenancy/rows/*.py")), *sorted(PROJECT.glob("wall/*.py"))]
    files = [PROJECT / "requirements" / "run.txt", *sorted(PROJECT.glob("*/migrations/*.py")), *rows]
    contents = b"\0".join(str(file.relative_to(PROJECT)).encode() + b"\0" + file.read_bytes() for file in files)
    return hashlib.sha256(contents).hexdigest()[:16]
