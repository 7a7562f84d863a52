"""A PostgreSQL database of its own for a process that migrates: `DATABASE_URL` names the server."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg2

FOLDER = Path(__file__).parent
# The encrypted columns of the dumps are under this key; it guards nothing but invented people.
FIELD_KEY = "cmVsZWFzZXMtb2YtdGhlLXBvcnRhbC1pbi10ZXN0cyE="
# Libraries that a release had and the portal has no more: their tables stay in its databases, read by nothing.
GONE = {"axes"}


@dataclass(frozen=True)
class Release:
    """What is kept of a released version: the last migration of each app, and rows as it wrote them."""

    name: str

    @property
    def migrations(self) -> Mapping[str, str]:
        found: dict[str, str] = json.loads((FOLDER / self.name / "migrations.json").read_text())
        return {app: last for app, last in found.items() if app not in GONE}

    @property
    def rows(self) -> str:
        return (FOLDER / self.name / "rows.sql").read_text()

    def keep(self, migrations: Mapping[str, str], rows: str) -> None:
        (FOLDER / self.name).mkdir(exist_ok=True)
        text = json.dumps(migrations, indent=2, sort_keys=True)
        (FOLDER / self.name / "migrations.json").write_text(f"{text}\n")
        (FOLDER / self.name / "rows.sql").write_text(rows)


def releases() -> list[Release]:
    return [Release(path.parent.name) for path in sorted(FOLDER.glob("v*/migrations.json"))]


@contextmanager
def database() -> Iterator[str]:
    """The URL of a new, empty database, which is dropped afterwards."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"release_{uuid4().hex}"
    server = psycopg2.connect(urlunsplit(parts._replace(path="/postgres")))
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        with server.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.close()
