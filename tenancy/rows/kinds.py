"""The ways in which rows belong to somebody, as conditions of SQL. Every kind says it for web and for staff.

In a condition, a sub-query on another table meets that table's own policies: so a parent decides for its children.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from wall.crossings import Crossing

ALL = "SELECT, INSERT, UPDATE, DELETE"
ADD = "SELECT, INSERT"
READ = "SELECT"

# A setting that was never made is null, one that a transaction has left is empty: both are nobody.
PERSON = "NULLIF(current_setting('wall.person', true), '')::bigint"
COMPANY = "NULLIF(current_setting('wall.company', true), '')::uuid"
PARTNER = "NULLIF(current_setting('wall.partner', true), '')::bigint"
EVERYTHING = "current_setting('wall.everything', true) = 'on'"
CROSSING = "current_setting('wall.crossing', true)"
# PostgreSQL would read all rows that are seen, thousands for staff, to look up those of a page; and it would plan
# that way beside the other with each statement, whoever asks. Not behind OFFSET.
BY_KEY = " OFFSET 0"
AT_THE_DOOR = f"{CROSSING} = '{Crossing.DOOR.key}'"


@dataclass(frozen=True, slots=True)
class Side:
    """What one role may do.

    It reads, changes and deletes rows that are its `own`, and reads those that are `seen` besides. A row that it
    writes has to meet `written`, else `own`. `may` are its rights on the table, whatever the row.
    """

    own: str = "false"
    seen: str = ""
    written: str = ""
    may: str = ALL


@dataclass(frozen=True, slots=True)
class Kind:
    """How the rows of a model belong. `path` is the relation that says so: every other one has to lead to rows
    that the writer sees, since foreign keys themselves go round policies; but for those of `came_from`,
    which staff keep as they are."""

    web: Side | None
    staff: Side | None
    path: str = ""
    came_from: Sequence[str] = ()
    why: str = ""  # of rows that are nobody's
    may: str = ALL  # what workers may do

    @property
    def is_walled(self) -> bool:
        return not self.why


def table(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 - Django's way to ask a model


def field(model: type[Model], name: str) -> "Field[Any, Any]":
    return model._meta.get_field(name)  # type: ignore[return-value]  # noqa: SLF001


def leads_to_seen(model: type[Model], relation: str) -> str:
    """That the row of this relation is seen by who asks."""
    column = field(model, relation)
    to: Any = column.related_model
    key = to._meta.pk.column  # noqa: SLF001
    return f'EXISTS (SELECT 1 FROM "{table(to)}" p WHERE p."{key}" = "{table(model)}"."{column.column}"{BY_KEY})'


def column(label: str, relation: str) -> str:
    model = apps.get_model(label)
    return f'"{table(model)}"."{field(model, relation).column}"'


def of_company(label: str, *, may: str = ALL) -> Kind:
    """Rows with a company. Staff see those of companies that they see."""
    model = apps.get_model(label)
    return Kind(
        web=Side(f"{column(label, 'company')} = {COMPANY}", may=may),
        staff=Side(leads_to_seen(model, "company"), may=may),
        path="company",
        may=may,
    )


def of_parent(label: str, path: str, *, web: str = ALL) -> Kind:
    """Rows that belong to whom another row belongs."""
    model = apps.get_model(label)
    return Kind(
        web=Side(leads_to_seen(model, path), may=web) if web else None,
        staff=Side(leads_to_seen(model, path)),
        path=path,
    )


def of_partner(
    label: str, *, shared: bool = False, seen_by_company: bool = False, added_for_all: bool = False
) -> Kind:
    """Rows with a partner. `shared`: those of none concern all partners, who see them; only who sees everything
    changes them. `added_for_all`: staff with a permission of their own may add one."""
    mine = column(label, "partner")
    for_each_partner = f"{mine} IS NULL AND {PARTNER} IS NOT NULL"
    seen = leads_to_seen(apps.get_model(label), "partner")
    of_my_company = f"{COMPANY} IS NOT NULL AND ({mine} IS NULL OR {seen})"
    return Kind(
        web=Side(seen=of_my_company, may=READ) if seen_by_company else None,
        staff=Side(
            ours := f"{EVERYTHING} OR {mine} = {PARTNER}",
            seen=for_each_partner if shared else "",
            written=f"{ours} OR {for_each_partner}" if added_for_all else "",
        ),
        path="partner",
    )


def of_person(label: str, relation: str, *, web: bool = True) -> Kind:
    """Rows of one person, whoever that works for; staff see those of people whom they see."""
    mine = f"{column(label, relation)} = {PERSON}"
    seen = leads_to_seen(apps.get_model(label), relation)
    return Kind(
        web=Side(f"{mine} OR {AT_THE_DOOR}") if web else None,
        staff=Side(f"{mine} OR {EVERYTHING}", seen=seen),
        path=relation,
    )


def nobodys(why: str, *, web: str = READ, staff: str = ALL, worker: str = ALL) -> Kind:
    """Rows that belong to no company, partner or person: the whole product's."""
    sides: Sequence[Side | None] = [Side("true", may=may) if may else None for may in (web, staff)]
    return Kind(web=sides[0], staff=sides[1], why=why, may=worker)
