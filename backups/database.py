"""PostgreSQL's own programs, which write a database down and load it."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, cast
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg2
from psycopg2 import sql

from backups.folder import BackupError

CHECK = "_backup_check"  # ends the name of the database into which a backup is loaded to be looked at
PIPED = 1024 * 1024  # bytes between two programs at once
SHOWN = 5  # lines of what a program said
LEAVING = 10.0  # seconds that a connection may stand there that was closed, or whose program was stopped
# Loaded as if nothing had been there: tables that the backup does not know would stand in the way of migrations.
# Its rights are those of a new database, from which on pg_dump says how they differ.
EMPTY = (
    "DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner; "
    "GRANT USAGE ON SCHEMA public TO PUBLIC"
)


def environment(url: str, database: str = "") -> dict[str, str]:
    """Of a program that is to reach this database: a password on its command line all users of a machine read."""
    parts = urlsplit(url)
    said = {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or 5432),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": database or name_of(url),
    }
    options = {f"PG{name.upper()}": values[-1] for name, values in parse_qs(parts.query).items()}
    return {**os.environ, **{name: value for name, value in said.items() if value}, **options}


def name_of(url: str) -> str:
    return unquote(urlsplit(url).path.lstrip("/"))


def dump(url: str, file: Path) -> None:
    """All rows, whosever they are: pg_dump refuses for a role from which a policy would hide some."""
    _run(["pg_dump", "--format=custom", f"--file={file}"], environment(url))


def version(url: str) -> str:
    return str(_asked(url, "SHOW server_version")[0][0])


def is_used(url: str) -> bool:
    """Whether anybody else is connected to it, and stays: who was stopped a moment ago, and a connection of our
    own that was closed, stand there until their backend has ended."""
    end = time.monotonic() + LEAVING
    while others := _others(url):
        if time.monotonic() > end:
            break
        time.sleep(0.2)
    return bool(others)


def _others(url: str) -> int:
    found = _asked(
        url,
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'",
    )
    return int(found[0][0])


def has_tables(url: str) -> bool:
    return bool(_asked(url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")[0][0])


@contextmanager
def loaded_beside(url: str, file: Path) -> Iterator[Mapping[str, Any]]:
    """A database that holds the dump for as long as the block lasts; yields how psycopg2 reaches it.

    One of a run that was ended hard has the same name, and goes before the new one is made.
    """
    name = f"{name_of(url)}{CHECK}"
    _drop(url, name)
    _asked(url, sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        _asked(url, sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        options = ["--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={name}"]
        _run(["pg_restore", *options, str(file)], environment(url))
        yield {**_parts(url), "dbname": name}
    finally:
        _drop(url, name)


def _drop(url: str, name: str) -> None:
    """With FORCE, PostgreSQL refuses where a vacuum of its own is at work: without, it ends that one and waits for
    it. What a role has opened itself it may always end."""
    _asked(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
        name,
    )
    _asked(url, sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def load(url: str, file: Path, afterwards: str) -> None:
    """In place of all that the database holds, with owners and rights; `afterwards` is the last statement of the
    same transaction. Cut short anywhere, it has changed nothing."""
    reading = ["pg_restore", "--exit-on-error", "--file=-", str(file)]
    loading = ["psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    # Statements on a command line may be read by others: there is no secret in these.
    loading += [f"--command={EMPTY}", "--file=-", f"--command={afterwards}"]
    with TemporaryFile() as said, TemporaryFile() as told:
        source = _start(reading, {**os.environ}, stdout=subprocess.PIPE, stderr=said)
        target = _start(loading, environment(url), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=told)
        script, taken = cast("IO[bytes]", source.stdout), cast("IO[bytes]", target.stdin)
        try:
            with suppress(BrokenPipeError):  # psql has given up, and says why
                shutil.copyfileobj(script, taken, PIPED)
            # What was read too short must not be committed: until its input ends, psql commits nothing.
            if target.poll() is None and source.wait():
                raise _failed(reading, said)
            with suppress(BrokenPipeError):
                taken.close()
            if target.wait():
                raise _failed(loading, told)
        finally:
            for program in (target, source):
                program.kill()
                program.wait()


def _run(command: Sequence[str], surroundings: Mapping[str, str]) -> None:
    with TemporaryFile() as said:
        program = _start(command, surroundings, stdout=subprocess.DEVNULL, stderr=said)
        try:
            if program.wait():
                raise _failed(command, said)
        finally:
            program.kill()
            program.wait()


def _start(command: Sequence[str], surroundings: Mapping[str, str], **pipes: Any) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(command, env=surroundings, **pipes)
    except FileNotFoundError:
        raise BackupError(f"{command[0]} is missing: install Debian's postgresql-client.") from None


def _failed(command: Sequence[str], said: IO[bytes]) -> BackupError:
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    return BackupError("\n".join([f"{command[0]} failed.", *lines[-SHOWN:]]))


def _parts(url: str) -> dict[str, Any]:
    names = {
        "PGHOST": "host",
        "PGPORT": "port",
        "PGUSER": "user",
        "PGPASSWORD": "password",
        "PGDATABASE": "dbname",
    }
    names |= {"PGSSLMODE": "sslmode", "PGSSLROOTCERT": "sslrootcert"}
    said = environment(url)
    return {theirs: said[ours] for ours, theirs in names.items() if said.get(ours)}


def _asked(url: str, statement: str | sql.Composable, *values: str) -> list[tuple[Any, ...]]:
    try:
        with closing(psycopg2.connect(**_parts(url))) as line:
            line.autocommit = True  # no transaction can make or drop a database
            with line.cursor() as cursor:
                cursor.execute(statement, values or None)
                return cursor.fetchall() if cursor.description else []
    except psycopg2.Error as error:
        raise BackupError(f"BACKUP_DATABASE_URL: {error}".strip()) from error
