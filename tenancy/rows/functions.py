"""What policies ask by a function.

PostgreSQL refuses a policy that asks its own table, be it by a way around. And a condition is planned anew with
each query, with the policies of all tables in it, while PL/pgSQL keeps its plans: what most pages ask stands here.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import ForeignKey, Model

from tenancy.rows.declared import declared, models
from tenancy.rows.kinds import BY_KEY, COMPANY, CROSSING, PERSON, field, table
from wall.roles import STAFF, WEB, WORKER

SIGNATURES = (
    "wall_is_member(uuid)",
    "wall_has_company_of(bigint)",
    "wall_knows(bigint)",
    "wall_sees(regclass, text)",
    "wall_sees_company(uuid)",
    "wall_keeps_rights(bigint, bigint, boolean, boolean)",
    "wall_has_one_partner()",
)


def functions(schema: str) -> list[str]:
    """All but the last ask with the rights of who asks, so that they see what that role sees."""
    known, in_mine = (
        "".join(f"IF {each} THEN RETURN true; END IF;\n" for each in mentions)
        for mentions in (_mentions(schema, mine=False), _mentions(schema, mine=True))
    )
    made = [
        f"""CREATE OR REPLACE FUNCTION "{schema}".wall_is_member(company uuid) RETURNS boolean
LANGUAGE plpgsql STABLE AS $body$ BEGIN
RETURN EXISTS (SELECT 1 FROM "{schema}".tenancy_membership WHERE company_id = company AND user_id = {PERSON});
END $body$""",
        f"""CREATE OR REPLACE FUNCTION "{schema}".wall_has_company_of(partner bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $body$ BEGIN
RETURN EXISTS (SELECT 1 FROM "{schema}".tenancy_company WHERE id = {COMPANY} AND partner_id = partner)
    OR EXISTS (SELECT 1 FROM "{schema}".tenancy_membership m
        JOIN "{schema}".tenancy_company c ON c.id = m.company_id
        WHERE m.user_id = {PERSON} AND c.partner_id = partner);
END $body$""",
        f"""CREATE OR REPLACE FUNCTION "{schema}".wall_knows(person bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $body$ DECLARE mine uuid[]; BEGIN
IF current_user = '{WEB}' AND {COMPANY} IS NOT NULL AND coalesce({CROSSING}, '') = '' THEN
mine := ARRAY(SELECT id FROM "{schema}".tenancy_company WHERE id = {COMPANY} OR merged_into_id = {COMPANY});
{in_mine}RETURN false;
END IF;
{known}RETURN false;
END $body$""",
        f"""CREATE OR REPLACE FUNCTION "{schema}".wall_sees(what regclass, key text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $body$ DECLARE found boolean; BEGIN
EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s WHERE id = %L)', what, key) INTO found;
RETURN found;
END $body$""",
        f"""CREATE OR REPLACE FUNCTION "{schema}".wall_sees_company(company uuid) RETURNS boolean
LANGUAGE plpgsql STABLE AS $body$ BEGIN
RETURN EXISTS (SELECT 1 FROM "{schema}".tenancy_company WHERE id = company);
END $body$""",
        f"""CREATE OR REPLACE FUNCTION "{schema}".wall_keeps_rights(
    person bigint, partner bigint, staff boolean, superuser boolean) RETURNS boolean
LANGUAGE plpgsql STABLE AS $body$ BEGIN
RETURN EXISTS (SELECT 1 FROM "{schema}".tenancy_user WHERE id = person
    AND partner_id IS NOT DISTINCT FROM partner AND is_staff = staff AND is_superuser = superuser);
END $body$""",
        f"""CREATE OR REPLACE FUNCTION "{schema}".wall_has_one_partner() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$ SELECT count(*) = 1 FROM "{schema}".partners_partner $body$""",
    ]
    for name in (f'"{schema}".{each}' for each in SIGNATURES):
        made.append(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        made.append(f"GRANT EXECUTE ON FUNCTION {name} TO {WEB}, {STAFF}, {WORKER}")
    # The one way to take entries out of the journal: a company's, all together, when their time is over.
    made.append(f'GRANT EXECUTE ON FUNCTION "{schema}".journal_forget(uuid) TO {WORKER}')
    return made


def _mentions(schema: str, *, mine: bool) -> Iterator[str]:
    """That a row which is seen names the person; membership, the usual answer, is asked first.

    `mine`: among the rows of the company that asks, which are few; a member of staff stands in those of thousands.
    """
    kinds, user = declared(), models()["tenancy.User"]
    for label, model in sorted(models().items(), key=lambda each: each[0] != "tenancy.Membership"):
        kind = kinds[label]
        # A person's own rows would ask of the person again, without end.
        of_people = kind.path and model._meta.get_field(kind.path).related_model is user  # noqa: SLF001
        if not kind.is_walled or kind.web is None or kind.staff is None or of_people:
            continue
        for each in model._meta.fields:  # noqa: SLF001
            if isinstance(each, ForeignKey) and each.related_model is user:
                named, whose = f'"{each.column}" = person', _of_mine(schema, model) if mine else ""
                rows = f'FROM "{schema}"."{table(model)}"'
                # Read by whose they are, and by the person after that: not beyond OFFSET.
                own = f'SELECT 1 FROM (SELECT "{each.column}" {rows} WHERE {whose}{BY_KEY}) AS own WHERE {named}'
                yield f"EXISTS ({own if whose else f'SELECT 1 {rows} WHERE {named}'})"


def _of_mine(schema: str, model: type[Model]) -> str:
    """That a row is of one of the companies `mine`; empty where rows are of no company."""
    path = declared()[model._meta.label].path  # noqa: SLF001
    if not path:
        return ""
    relation = field(model, path)
    to: Any = relation.related_model
    if to._meta.label == "tenancy.Company":  # noqa: SLF001
        return f'"{relation.column}" = ANY (mine)'
    above = _of_mine(schema, to)
    key = to._meta.pk.column  # noqa: SLF001
    return above and f'"{relation.column}" IN (SELECT "{key}" FROM "{schema}"."{table(to)}" WHERE {above})'
