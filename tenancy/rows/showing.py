"""What a log-in role really gets of a database: tried over a connection of its own, and thrown away."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any
from uuid import UUID

import psycopg2
from psycopg2 import sql
from psycopg2.errors import InsufficientPrivilege
from psycopg2.extensions import connection as connected

from tenancy.rows.declared import declared, models
from tenancy.rows.kinds import table
from wall.roles import STAFF, WEB, WORKER

JOURNAL = (
    "UPDATE journal_entry SET text = text",
    "DELETE FROM journal_entry",
    "TRUNCATE journal_entry, journal_link",
    "UPDATE journal_head SET number = number",
    "DELETE FROM journal_link",
)


def shown(url: str, company: UUID | None) -> Iterator[str]:
    """Lines about the role of this URL: what it is, what it sees, whether the journal is safe from it."""
    with closing(psycopg2.connect(url)) as line:
        ((name, above),) = _ask(
            line,
            "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user",
        )
        ((owns,),) = _ask(line, "SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        ((bare,),) = _ask(
            line,
            "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
            "AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)",
        )
        yield f"{name}: {'SUPERUSER, no wall holds' if above else 'no superuser'}; owns {owns} tables"
        yield f"  tables without forced row-level security: {bare}"
        yield f"  told nothing: {_seen(line, [], None)}"
        for role in (WEB, STAFF, WORKER):
            if not _ask(line, "SELECT 1 WHERE pg_has_role(session_user, %s, 'MEMBER')", role):
                yield f"  may not become {role}"
                continue
            taken = sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)).as_string(line)
            yield f"  as {role}, told nothing: {_seen(line, [taken], None)}"
            if company is not None and role != WORKER:
                yield f"  as {role}, for {company}: {_seen(line, [taken, *_said(line, role, company)], company)}"
        for statement in JOURNAL:
            yield f"  {statement}: {'ALLOWED' if _works(line, statement) else 'refused'}"


def _said(line: connected, role: str, company: UUID) -> Sequence[str]:
    """What a request of the company says, or one of its partner's staff."""
    if role == WEB:
        return [f"SET LOCAL wall.company = '{company}'"]
    partners = _ask(
        line, f"SET LOCAL ROLE {WEB}; SET LOCAL wall.company = '{company}'; SELECT partner_id FROM tenancy_company"
    )
    return [f"SET LOCAL wall.partner = '{partner}'" for (partner,) in partners]


def _seen(line: connected, before: Sequence[str], company: UUID | None) -> str:
    kinds = declared()
    rows = tables = closed = foreign = 0
    for label, model in models().items():
        if not kinds[label].is_walled:
            continue
        name = f'"{table(model)}"'
        try:
            ((count,),) = _ask(line, "; ".join([*before, f"SELECT count(*) FROM {name}"]))
            rows, tables = rows + count, tables + bool(count)
            if company is not None and kinds[label].path == "company":
                others = f"SELECT count(*) FROM {name} WHERE company_id <> '{company}'"
                ((count,),) = _ask(line, "; ".join([*before, others]))
                foreign += count
        except InsufficientPrivilege:
            closed += 1
    more = f", {foreign} rows of other companies" if company is not None else ""
    return f"{rows} rows in {tables} tables{more}; {closed} tables closed"


def _works(line: connected, statement: str) -> bool:
    try:
        _ask(line, statement)
    except InsufficientPrivilege:
        return False
    return True


def _ask(line: connected, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """In a transaction that is thrown away."""
    try:
        with line.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []
    finally:
        line.rollback()
