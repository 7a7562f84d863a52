"""What is declared, as SQL: rights on a table and its policies, row-level security forced on its owner too."""

from collections.abc import Iterator, Mapping

from django.apps import apps
from django.db.models import ForeignKey, Model

from tenancy.rows.declared import KEPT, MIGRATIONS, declared
from tenancy.rows.kinds import CROSSING, READ, Kind, Side, leads_to_seen, nobodys, table
from wall.crossings import Crossing
from wall.roles import ROLES, STAFF, WEB, WORKER


def models() -> Mapping[str, type[Model]]:
    """Every model that has a table of its own, by its label."""
    known = apps.get_models(include_auto_created=True)
    return {
        each._meta.label: each  # noqa: SLF001 - Django's way to ask a model
        for each in known
        if each._meta.managed and not each._meta.proxy  # noqa: SLF001
    }


def undeclared() -> set[str]:
    return set(models()) - set(declared())


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
    for word, side in (("web", kind.web), ("staff", kind.staff)):
        if side is not None:
            lines += _policies(table(model), word, side, list(_checks(model, word, kinds)))
    crossed = [each.key for each in Crossing if each is not Crossing.DOOR and label in each.models]
    if crossed:
        names = ", ".join(f"'{name}'" for name in crossed)
        to = ", ".join(ROLES[word] for word, side in (("web", kind.web), ("staff", kind.staff)) if side)
        lines.append(
            f'CREATE POLICY wall_crossing ON "{table(model)}" FOR SELECT TO {to} USING ({CROSSING} IN ({names}))'
        )
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


def _policies(name: str, word: str, side: Side, checks: list[str]) -> Iterator[str]:
    role = ROLES[word]
    if side.own != "false":
        written = " AND ".join(f"({each})" for each in (side.written or side.own, *checks))
        yield f'CREATE POLICY wall_{word} ON "{name}" TO {role} USING ({side.own}) WITH CHECK ({written})'
    if side.seen:
        yield f'CREATE POLICY wall_{word}_sees ON "{name}" FOR SELECT TO {role} USING ({side.seen})'


def _checks(model: type[Model], word: str, kinds: Mapping[str, Kind]) -> Iterator[str]:
    """That every reference leads to a row that the writer sees. A person may be named whom nobody sees any more,
    and a row's policy may not ask its own table (PostgreSQL refuses it as endless)."""
    kind = kinds[model._meta.label]  # noqa: SLF001
    if not kind.is_walled:
        return
    for each in model._meta.fields:  # noqa: SLF001
        to = each.related_model
        if not isinstance(each, ForeignKey) or each.name == kind.path or to is model or to is None:
            continue
        label = to._meta.label  # noqa: SLF001
        other = kinds[label].web if word == "web" else kinds[label].staff
        if kinds[label].is_walled and other is not None and label != "tenancy.User":
            seen = leads_to_seen(model, each.name)
            yield f'"{table(model)}"."{each.column}" IS NULL OR {seen}' if each.null else seen


def functions(schema: str) -> list[str]:
    """What policies ask that no condition of theirs can say."""
    revoked = f"FROM PUBLIC; GRANT EXECUTE ON FUNCTION {{name}} TO {WEB}, {STAFF}, {WORKER}"
    return [
        f"""CREATE OR REPLACE FUNCTION "{schema}".wall_knows(person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $body$ BEGIN
{"".join(f"IF {each} THEN RETURN true; END IF;{chr(10)}" for each in _mentions(schema))}RETURN false;
END $body$""",
        f"""CREATE OR REPLACE FUNCTION "{schema}".wall_has_one_partner() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$ SELECT count(*) = 1 FROM "{schema}".partners_partner $body$""",
        *(
            f"REVOKE ALL ON FUNCTION {name} {revoked.format(name=name)}"
            for name in (f'"{schema}".wall_knows(bigint)', f'"{schema}".wall_has_one_partner()')
        ),
    ]


def _mentions(schema: str) -> Iterator[str]:
    """That a row which is seen names the person; membership, the usual answer, is asked first."""
    kinds = declared()
    ordered = sorted(models().items(), key=lambda each: each[0] != "tenancy.Membership")
    for label, model in ordered:
        kind = kinds[label]
        # A person's own rows would ask of the person again, without end.
        of_people = kind.path and model._meta.get_field(kind.path).related_model is models()["tenancy.User"]  # noqa: SLF001
        if not kind.is_walled or kind.web is None or kind.staff is None or of_people:
            continue
        for each in model._meta.fields:  # noqa: SLF001
            if isinstance(each, ForeignKey) and each.related_model is models()["tenancy.User"]:
                yield f'EXISTS (SELECT 1 FROM "{schema}"."{table(model)}" WHERE "{each.column}" = person)'
