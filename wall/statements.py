"""What is said to PostgreSQL before a statement: the role and the settings that its policies read.

All of it is SET LOCAL, so it ends with the transaction: nothing stays on a connection that is handed on, be it by
Django or by PgBouncer in transaction mode. psycopg2 sends a statement as simple query, where several in one string
are one transaction (PostgreSQL, "Multiple Statements in a Simple Query"): so it costs no round trip.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2.extensions import TRANSACTION_STATUS_IDLE
from psycopg2.sql import Composable

from wall.roles import ROLES
from wall.standing import standing

SETTINGS = ("person", "company", "partner", "everything", "crossing")
# Undoes whatever was said before in the same transaction.
_NOTHING = "SET LOCAL ROLE NONE; " + "".join(f"SET LOCAL wall.{name} = ''; " for name in SETTINGS)
# These are no statements to be walled, and an aborted transaction takes no other ones.
_SAVEPOINTS = ("SAVEPOINT ", "RELEASE SAVEPOINT ", _BACK := "ROLLBACK TO SAVEPOINT ")


def said() -> str:
    """What stands before the next statement of a new transaction; empty where there is no wall."""
    here, crossed = standing()
    words = f"SET LOCAL ROLE {ROLES[here.role]}; " if here else ""
    if here is not None:
        values = (here.person, here.company, here.partner, "on" if here.everything else None)
        # Whole numbers and UUIDs: there is nothing to quote in them.
        words += "".join(
            f"SET LOCAL wall.{name} = '{value}'; "
            for name, value in zip(SETTINGS, values, strict=False)
            if value is not None
        )
    return words + f"SET LOCAL wall.crossing = '{crossed.key}'; " if crossed else words


class BeforeEachStatement:
    """An execute wrapper of one connection. It says only what the transaction has not been told yet."""

    def __init__(self) -> None:
        self.in_force: str | None = None  # None: not known

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str | Composable,
        params: Any,
        many: bool,  # noqa: FBT001 - Django calls it so
        context: dict[str, Any],
    ) -> Any:
        line = context["connection"].connection
        is_new = line.info.transaction_status == TRANSACTION_STATUS_IDLE
        if isinstance(sql, Composable):
            sql = sql.as_string(line)
        if is_new:
            self.in_force = ""
        if sql.startswith(_SAVEPOINTS):
            if sql.startswith(_BACK):
                # What was said since that savepoint is undone as well.
                self.in_force = None
            return execute(sql, params, many, context)
        words = said()
        if words == self.in_force:
            return execute(sql, params, many, context)
        answer = execute(f"{'' if is_new else _NOTHING}{words}{sql}", params, many, context)
        self.in_force = words
        return answer


def install(*, connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """Called for each new connection to a database; Django keeps the wrappers when it connects again."""
    wrappers = connection.execute_wrappers
    if connection.vendor == "postgresql" and not any(isinstance(each, BeforeEachStatement) for each in wrappers):
        # The first one is the outermost.
        wrappers.insert(0, BeforeEachStatement())
