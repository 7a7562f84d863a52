"""What policies ask by a function.

PostgreSQL refuses a policy that asks its own table, be it by a way around. And a condition is planned anew with
each query, with the policies of all tables in it, while PL/pgSQL keeps its plans: what most pages ask stands here.
"""

from collections.abc import Iterator

from django.db.models import ForeignKey

from tenancy.rows.declared import declared, models
from tenancy.rows.kinds import COMPANY, PERSON, table
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
    known = "".join(f"IF {each} THEN RETURN true; END IF;\n" for each in _mentions(schema))
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
LANGUAGE plpgsql STABLE AS $body$ BEGIN
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


def _mentions(schema: str) -> Iterator[str]:
    """That a row which is seen names the person; membership, the usual answer, is asked first."""
    kinds, user = declared(), models()["tenancy.User"]
    for label, model in sorted(models().items(), key=lambda each: each[0] != "tenancy.Membership"):
        kind = kinds[label]
        # A person's own rows would ask of the person again, without end.
        of_people = kind.path and model._meta.get_field(kind.path).related_model is user  # noqa: SLF001
        if not kind.is_walled or kind.web is None or kind.staff is None or of_people:
            continue
        for each in model._meta.fields:  # noqa: SLF001
            if isinstance(each, ForeignKey) and each.related_model is user:
                yield f'EXISTS (SELECT 1 FROM "{schema}"."{table(model)}" WHERE "{each.column}" = person)'
