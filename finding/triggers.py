"""The triggers that mark what has to be found anew, put in place after each `migrate`.

The database does it, in the transaction of the change, so that no way of changing a row is forgotten: forms,
updates of many rows, the nightly erasure, a hand in psql. Where a trigger is new, everything is marked once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Source:
    """A table, the columns that words are made of, and a query for whose words they are; `{row}` is the row before
    or after the change. `made`: also when a row is added or taken away."""

    name: str
    table: str
    columns: Sequence[str]
    marks: str
    made: bool = True


_OF_APPLICATION = "SELECT 'company', company_id FROM onboarding_application WHERE id = {row}.application_id"
SOURCES = (
    Source(
        "company",
        "tenancy_company",
        (
            *("partner_id", "trade_name", "tax_number", "mersis_number"),
            *("contact_phone", "corporate_email", "kep_address"),
        ),
        "SELECT 'company', {row}.id",
    ),
    Source(
        "moved_company",
        "tenancy_company",
        ("partner_id",),
        "SELECT 'mail', id FROM correspondence_mail WHERE company_id = {row}.id",
        made=False,
    ),
    Source("member", "tenancy_membership", ("user_id", "company_id"), "SELECT 'company', {row}.company_id"),
    Source(
        "person",
        "tenancy_user",
        ("email", "full_name"),
        "SELECT 'company', company_id FROM tenancy_membership WHERE user_id = {row}.id",
        made=False,
    ),
    Source(
        "application",
        "onboarding_application",
        ("company_id", "reference", "iys_application_number", "iys_code", "closed_at"),
        "SELECT 'company', {row}.company_id",
    ),
    Source(
        "form",
        "onboarding_applicationform",
        ("signatory_name", "signatory_email", "signatory_mobile", "signatory_identity_index"),
        _OF_APPLICATION,
    ),
    Source(
        "co_signatory",
        "onboarding_cosignatory",
        ("name", "identity_index"),
        _OF_APPLICATION,
    ),
    Source("codes", "onboarding_codereading", ("iys_code", "brands"), _OF_APPLICATION),
    Source("brand", "brands_brand", ("company_id", "name", "code"), "SELECT 'company', {row}.company_id"),
    Source(
        "mail",
        "correspondence_mail",
        ("company_id", "partner_id", "application_id", "subject", "from_email"),
        "SELECT 'mail', {row}.id",
    ),
)
# What there is before the triggers are: written once, by the worker.
EVERYTHING = (
    "INSERT INTO finding_mark (kind, of) SELECT 'company', id FROM tenancy_company",
    "INSERT INTO finding_mark (kind, of) SELECT 'mail', id FROM correspondence_mail",
)


def _changed(source: Source, unequal: str) -> str:
    return " OR ".join(f"OLD.{column} {unequal} NEW.{column}" for column in source.columns)


def _marks(source: Source, *rows: str) -> str:
    """One mark for each that is meant, though both sides of a change mean it."""
    found = " UNION ".join(source.marks.format(row=row) for row in rows)
    return f"INSERT INTO finding_mark (kind, of) {found};"


def _on_postgresql(source: Source) -> str:
    """By a function with its owner's rights: who changes a company needs none on the marks."""
    made = (
        f"""CREATE TRIGGER {{name}}_made AFTER INSERT OR DELETE ON {source.table}
    FOR EACH ROW EXECUTE FUNCTION {{name}}();"""
        if source.made
        else ""
    )
    return f"""CREATE OR REPLACE FUNCTION {{name}}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$ BEGIN
    IF TG_OP = 'INSERT' THEN {_marks(source, "NEW")}
    ELSIF TG_OP = 'DELETE' THEN {_marks(source, "OLD")}
    ELSE {_marks(source, "OLD", "NEW")}
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {{name}}_changed AFTER UPDATE ON {source.table} FOR EACH ROW
    WHEN ({_changed(source, "IS DISTINCT FROM")}) EXECUTE FUNCTION {{name}}();
{made}"""


def _on_sqlite(source: Source) -> str:
    when: list[tuple[str, str, Sequence[str]]] = [
        ("changed", f"UPDATE ON {source.table} WHEN {_changed(source, 'IS NOT')}", ("OLD", "NEW"))
    ]
    if source.made:
        when += [("made", f"INSERT ON {source.table}", ("NEW",)), ("gone", f"DELETE ON {source.table}", ("OLD",))]
    return "\n".join(
        f"CREATE TRIGGER {{name}}_{word} AFTER {event} BEGIN {_marks(source, *rows)} END;"
        for word, event, rows in when
    )


def _wanted(vendor: str) -> dict[str, tuple[Source, str]]:
    """By names that change with what they do, so that a trigger of a former version is known for one."""
    made = {}
    for source in SOURCES:
        text = _on_postgresql(source) if vendor == "postgresql" else _on_sqlite(source)
        name = f"finding_{source.name}_{sha256(text.encode()).hexdigest()[:8]}"
        made[name] = (source, text.format(name=name))
    return made


def _there(connection: BaseDatabaseWrapper, cursor: Any) -> set[tuple[str, str]]:
    """Our triggers and their tables."""
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE c.relnamespace = current_schema()::regnamespace AND t.tgname LIKE 'finding\\_%'"
        )
    else:
        cursor.execute(
            "SELECT name, tbl_name FROM sqlite_master "
            "WHERE type = 'trigger' AND name LIKE 'finding\\_%' ESCAPE '\\'"
        )
    return set(cursor.fetchall())


def _statements(connection: BaseDatabaseWrapper, there: set[tuple[str, str]]) -> Iterator[str]:
    wanted = _wanted(connection.vendor)
    known = {name.rpartition("_")[0] for name, _table in there}
    on_postgresql = connection.vendor == "postgresql"
    for name, table in there:
        if name.rpartition("_")[0] not in wanted:
            yield f"DROP TRIGGER {name} ON {table}" if on_postgresql else f"DROP TRIGGER {name}"
    if on_postgresql:
        for former in sorted(known - wanted.keys()):
            yield f"DROP FUNCTION {former}()"
    for name, (_source, text) in wanted.items():
        if name not in known:
            yield from [text] if on_postgresql else text.split("\n")


def install(using: str, **_signal: Any) -> None:
    """Puts in place what is missing and takes away what is of a former version; after a `migrate` that stopped
    before the tables are there, nothing."""
    connection: BaseDatabaseWrapper = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if not {"finding_mark", *(source.table for source in SOURCES)} <= tables:
            return
        statements = list(_statements(connection, _there(connection, cursor)))
        for statement in [*statements, *(EVERYTHING if statements else ())]:
            cursor.execute(statement)
