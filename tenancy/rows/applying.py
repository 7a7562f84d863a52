"""Brings a PostgreSQL database up to what is declared. A table that is so already is not locked."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from tenancy.rows.declared import undeclared
from tenancy.rows.functions import functions
from tenancy.rows.policies import statements
from wall.roles import STAFF, WEB, WORKER

NOTE = "wall"  # begins the comment on a table by which its state is known again

# Of each table, all that decides who sees what.
STATE = """
SELECT c.relname, pg_get_userbyid(c.relowner), obj_description(c.oid, 'pg_class'),
    concat_ws(' ', c.relrowsecurity, c.relforcerowsecurity,
        coalesce(c.relacl, acldefault('r', c.relowner))::text,
        (SELECT string_agg(concat_ws('|', p.polname, p.polcmd, p.polpermissive, p.polroles::regrole[]::text,
                pg_get_expr(p.polqual, p.polrelid),
                pg_get_expr(p.polwithcheck, p.polrelid)), E'\\n' ORDER BY p.polname)
            FROM pg_policy p WHERE p.polrelid = c.oid)),
    ARRAY(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid)
FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')"""


class NotWalled(Exception):
    """The database cannot be brought to what is declared; a sentence for whoever runs it."""


@dataclass(frozen=True, slots=True)
class Table:
    owner: str
    note: str | None
    state: str
    policies: list[str]


def apply(connection: BaseDatabaseWrapper) -> list[str]:
    """Rights and policies of every table, in one transaction; returns the tables that were changed.

    Raises NotWalled for a table that nobody has declared, and for roles that are missing and may not be made.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _refuse(undeclared())
        _make_roles(cursor)
        schema = _schema(cursor)
        for statement in functions(schema):
            cursor.execute(statement)
        there, wanted = _tables(cursor), statements()
        _refuse(set(there) - set(wanted))
        changed = [name for name in there if there[name].note != _note(there[name], wanted[name])]
        for name in changed:
            for policy in there[name].policies:
                cursor.execute(f'DROP POLICY "{policy}" ON "{name}"')
            for line in wanted[name]:
                cursor.execute(line.format(owner=f'"{there[name].owner}"'))
        after = _tables(cursor) if changed else {}
        for name in changed:
            cursor.execute(f'COMMENT ON TABLE "{name}" IS %s', [_note(after[name], wanted[name])])
    return changed


def drifted(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables on which rights and policies are not what is declared, whoever changed them. Changes nothing."""
    with connection.cursor() as cursor:
        there, wanted = _tables(cursor), statements()
    return sorted(
        name for name in there if name not in wanted or there[name].note != _note(there[name], wanted[name])
    )


def _refuse(unknown: set[str]) -> None:
    if unknown:
        names = ", ".join(sorted(unknown))
        raise NotWalled(f"Nobody has declared to whom the rows of {names} belong (tenancy/rows/declared.py).")


def _tables(cursor: CursorWrapper) -> Mapping[str, Table]:
    cursor.execute(STATE)
    return {name: Table(owner, note, state, policies) for name, owner, note, state, policies in cursor.fetchall()}


def _note(table: Table, lines: list[str]) -> str:
    """Changes with what is declared, and with what somebody has done to the table by hand."""
    text = "\0".join((table.owner, table.state, *lines))
    return f"{NOTE} {hashlib.sha256(text.encode()).hexdigest()}"


def _schema(cursor: CursorWrapper) -> str:
    cursor.execute("SELECT current_schema()")
    ((schema,),) = cursor.fetchall()
    for role in (WEB, STAFF, WORKER):
        cursor.execute("SELECT has_schema_privilege(%s, %s, 'USAGE')", [role, schema])
        if cursor.fetchall() != [(True,)]:
            cursor.execute(f'GRANT USAGE ON SCHEMA "{schema}" TO {role}')
    return str(schema)


def _make_role(cursor: CursorWrapper, role: str) -> None:
    """Roles are the whole server's: another database of it may be made at this very moment."""
    try:
        with transaction.atomic(using=cursor.db.alias):
            cursor.execute(f"CREATE ROLE {role} NOLOGIN")
    except IntegrityError:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            raise


def _make_roles(cursor: CursorWrapper) -> None:
    """The roles that hold the rights. A single log-in role that does everything has to be a member of two, to step
    back into them."""
    cursor.execute("SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user")
    ((is_superuser, may_create),) = cursor.fetchall()
    for role in (WEB, STAFF, WORKER):
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            if not (is_superuser or may_create):
                raise NotWalled(
                    f"PostgreSQL's role {role} is missing and DATABASE_URL's role may not make it. "
                    "Let a superuser run docker/roles.sh, or: CREATE ROLE "
                    f"{role} NOLOGIN (docs/operations.md, “Roles of the database”)."
                )
            _make_role(cursor, role)
        cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [role])
        if may_create and cursor.fetchall() == [(False,)]:
            cursor.execute(f"GRANT {role} TO CURRENT_USER")
