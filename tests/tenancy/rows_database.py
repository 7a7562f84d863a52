"""A database as an installation has it: its roles made by docker/roles.sh, its tables by their owner."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg2
from psycopg2.extensions import connection

from tests.servers import migrated

ROOT = Path(__file__).parents[2]
LOCK = 7_302  # roles are the whole server's: runs beside each other make them one after the other
Side = Mapping[str, Any]  # as rows_world prints it
OWNER, WEB, WORKER, BACKUP = "portal_owner", "portal_web", "portal_worker", "portal_backup"


@dataclass(frozen=True)
class Database:
    url: str  # as superuser

    def of(self, role: str) -> str:
        parts = urlsplit(self.url)
        return urlunsplit(parts._replace(netloc=f"{role}@{parts.hostname}:{parts.port}"))

    def ask(self, statement: str, *values: object, role: str = "") -> list[tuple[Any, ...]]:
        """What one statement answers, over a connection of its own; without a role as superuser."""
        with closing(psycopg2.connect(self.of(role) if role else self.url)) as line:
            line.autocommit = True
            return asked(line, statement, *values)

    def manage(self, *command: str, role: str = OWNER) -> subprocess.CompletedProcess[str]:
        return self.run("manage.py", *command, url=self.of(role) if role else self.url)

    def run(self, *command: str, url: str, text: str = "") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "iysportal.settings"}
        return subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, input=text
        )


def asked(line: connection, statement: str, *values: object) -> list[tuple[Any, ...]]:
    with line.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def database(server: str, *, with_roles: bool = True, template: str = "template1") -> Iterator[Database]:
    """A new one on the server of this URL, empty or a copy, dropped afterwards."""
    parts = urlsplit(server)
    name = f"rows_{uuid4().hex}"
    outside = Database(urlunsplit(parts._replace(path="/postgres")))
    outside.ask(f"CREATE DATABASE {name} TEMPLATE {template}")
    inside = Database(urlunsplit(parts._replace(path=f"/{name}")))
    try:
        if with_roles:
            make_roles(inside)
        yield inside
    finally:
        outside.ask(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def migrated_database(server: str) -> Iterator[Database]:
    """One with roles and all tables, which its owner made: a copy, as applying the migrations takes seconds."""
    with database(server, template=migrated.template(server, "owned", _migrate)) as place:
        yield place


def _migrate(url: str) -> None:
    place = Database(url)
    make_roles(place)
    made = place.manage("migrate", "--verbosity=0")
    assert made.returncode == 0, made.stderr


def filled(place: Database, role: str = WORKER) -> list[Side]:
    made = place.run("-m", "tests.tenancy.rows_world", url=place.of(role))
    assert made.returncode == 0, made.stderr
    sides: list[Side] = json.loads(made.stdout)
    return sides


def make_roles(place: Database) -> None:
    parts = urlsplit(place.url)
    with closing(psycopg2.connect(urlunsplit(parts._replace(path="/postgres")))) as line:
        asked(line, "SELECT pg_advisory_lock(%s)", LOCK)
        subprocess.run(
            ["docker/roles.sh"],
            cwd=ROOT,
            check=True,
            env={
                "PATH": os.environ["PATH"],
                "PGHOST": parts.hostname or "",
                "PGPORT": str(parts.port),
                "POSTGRES_USER": parts.username or "",
                "POSTGRES_DB": parts.path.lstrip("/"),
                **{f"{who}_PASSWORD": "yalniz-bu-deneme-icin" for who in ("OWNER", "WEB", "WORKER", "BACKUP")},
            },
        )
