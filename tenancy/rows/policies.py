"""What is declared, as SQL: rights on a table and its policies, row-level security forced on its owner too."""

from collections.abc import Iterator, Mapping

from django.db.models import ForeignKey, Model

from tenancy.rows.declared import KEPT, MIGRATIONS, declared, models
from tenancy.rows.kinds import CROSSING, READ, Kind, Side, leads_to_seen, nobodys, table
from wall.crossings import Crossing
from wall.roles import ROLES, STAFF, WEB, WORKER


def statements() -> Mapping[str, list[str]]:
    """Of every table, what brings it to what is declared, whatever stood there before; `{owner}` is its owner."""
    kinds = declared()
    made = {table(model): _table(label, model, kinds) for label, model in models().items()}
    made[MIGRATIONS] = _bare(MIGRATIONS, nobodys("which migrations have run", staff="", worker=READ))
    closed = Kind(web=None, staff=None, may="")
    return {**made, **{name: _bare(name, closed) for name in KEPT}}


def _table(label: str, model: type[Model], kinds: Mapping[str, Kind]) -> list[str]:
    kind = kinds[label]
    lines = _rights(table(model), kind)
    crossed = ", ".join(f"'{each.key}'" for each in Crossing if each is not Crossing.DOOR and label in each.models)
    crosses = f"{CROSSING} IN ({crossed})" if crossed else ""
    for word, side in (("web", kind.web), ("staff", kind.staff)):
        if side is not None:
            lines += _policies(table(model), word, side, list(_checks(model, word, kinds)), crosses)
    if crosses:
        to = ", ".join(ROLES[word] for word, side in (("web", kind.web), ("staff", kind.staff)) if side)
        lines.append(f'CREATE POLICY wall_crossing ON "{table(model)}" FOR SELECT TO {to} USING ({crosses})')
    return lines


def _bare(name: str, kind: Kind) -> list[str]:
    sides = [(word, side) for word, side in (("web", kind.web), ("staff", kind.staff)) if side]
    return _rights(name, kind) + [line for word, side in sides for line in _policies(name, word, side, [])]


def _rights(name: str, kind: Kind) -> list[str]:
    lines = [
        f'REVOKE ALL ON "{name}" FROM PUBLIC, {WEB}, {STAFF}, {WORKER}',
        f'ALTER TABLE "{name}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{name}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY wall_owner ON "{name}" TO {{owner}} USING (true) WITH CHECK (true)',
    ]
    lines += [
        f'GRANT {side.may} ON "{name}" TO {role}'
        for role, side in ((WEB, kind.web), (STAFF, kind.staff))
        if side is not None
    ]
    if kind.may:
        lines.append(f'GRANT {kind.may} ON "{name}" TO {WORKER}')
        lines.append(f'CREATE POLICY wall_worker ON "{name}" TO {WORKER} USING (true) WITH CHECK (true)')
    return lines


def _policies(name: str, word: str, side: Side, checks: list[str], crosses: str = "") -> Iterator[str]:
    role = ROLES[word]
    if side.own != "false":
        written = " AND ".join(f"({each})" for each in (side.written or side.own, *checks))
        yield f'CREATE POLICY wall_{word} ON "{name}" TO {role} USING ({side.own}) WITH CHECK ({written})'
    if side.seen:
        # PostgreSQL asks the policies of a table in any order: what costs nothing has to be first in this one too.
        seen = " OR ".join(f"({each})" for each in (side.own, crosses, side.seen) if each not in ("", "false"))
        yield f'CREATE POLICY wall_{word}_sees ON "{name}" FOR SELECT TO {role} USING ({seen})'


def _checks(model: type[Model], word: str, kinds: Mapping[str, Kind]) -> Iterator[str]:
    """That each reference leads to a row that the writer sees. A person may be named whom nobody sees any more."""
    kind = kinds[model._meta.label]  # noqa: SLF001
    if not kind.is_walled:
        return
    for each in model._meta.fields:  # noqa: SLF001
        to = each.related_model
        if not isinstance(each, ForeignKey) or each.name == kind.path or to is None:
            continue
        if word == "staff" and each.name in kind.came_from:
            continue
        label = to._meta.label  # noqa: SLF001
        other = kinds[label].web if word == "web" else kinds[label].staff
        if kinds[label].is_walled and other is not None and label != "tenancy.User":
            mine = f'"{table(model)}"."{each.column}"'
            # A policy that asks its own table is refused as endless; a function may ask.
            to_itself = f"wall_sees('{table(model)}', {mine}::text)"
            seen = to_itself if to is model else leads_to_seen(model, each.name)
            yield f"{mine} IS NULL OR {seen}" if each.null else seen
