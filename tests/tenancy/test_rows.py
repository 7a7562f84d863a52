"""The second wall, on PostgreSQL itself: what SQL gets that forgot to ask for its own company's rows alone."""

from contextlib import closing
from typing import Any, Self

import psycopg2
import pytest
from psycopg2.errors import InsufficientPrivilege

from tenancy.rows.declared import declared, models
from tests.tenancy.rows_database import OWNER, WEB, WORKER, Database, Side, asked

pytestmark = pytest.mark.usefixtures("postgresql")

# Of companies and partners, but nothing that a company's people may ask for.
NOT_FOR = {
    "web": {
        "correspondence_partnermailbox",
        "django_admin_log",
        "figures_figure",
        "finding_part",
        "finding_word",
        "onboarding_caseholder",
        "onboarding_casenote",
        "onboarding_companymerge",
        "onboarding_keptphrase",
        "onboarding_mailholder",
        "onboarding_notemention",
        "onboarding_savedfilter",
        "onboarding_snooze",
        "privacy_erasurewarning",
        "team_companyimport",
        "team_importrow",
        "tenancy_companylook",
    },
    # Files that somebody has chosen and not sent.
    "staff": {"documents_draftupload"},
}
# Whom somebody asks to join is not a company that is seen yet; staff of its partner decide.
# At which partner's portal it was asked is kept as it is.
ANYBODYS_TO_NAME = {("web", "tenancy_joinrequest", "company_id"), ("staff", "tenancy_joinrequest", "partner_id")}


def walled() -> list[str]:
    """The tables whose rows belong to a company, a partner or a person."""
    kinds = declared()
    return sorted(model._meta.db_table for label, model in models().items() if kinds[label].is_walled)


def key(table: str) -> str:
    pk = next(model._meta.pk for model in models().values() if model._meta.db_table == table)
    assert pk is not None
    return str(pk.column)


class Seat:
    """A connection as portal_web, standing where a request of this side's company, or of its staff, would."""

    def __init__(self, place: Database, role: str, side: Side | None) -> None:
        self.line = psycopg2.connect(place.of(WEB))
        self.role, self.side = role, side

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.line.close()

    def ask(self, statement: str, *values: object) -> int | list[tuple[Any, ...]]:
        """In a transaction that is thrown away: the rows, or how many were changed."""
        try:
            asked(self.line, f"SET LOCAL ROLE iysportal_{self.role}")
            if self.side is not None:
                who = self.side["owner" if self.role == "web" else "staff"]
                settings = {"person": who, "company": self.side["company"], "partner": self.side["partner"]}
                if self.role == "staff":
                    settings = {"person": who, "partner": self.side["partner"]}
                for name, value in settings.items():
                    asked(self.line, "SELECT set_config(%s, %s, true)", f"wall.{name}", str(value))
            with self.line.cursor() as cursor:
                cursor.execute(statement, values or None)
                return cursor.fetchall() if cursor.description else cursor.rowcount
        finally:
            self.line.rollback()

    def keys(self, table: str) -> set[str]:
        found = self.ask(f'SELECT "{key(table)}"::text FROM "{table}"')
        assert isinstance(found, list)
        return {value for (value,) in found}

    def refused(self, statement: str, *values: object) -> bool:
        """Whether nothing comes of it: a refusal, or no row to change."""
        try:
            return self.ask(statement, *values) == 0
        except InsufficientPrivilege:
            return True


def test_no_role_that_runs_the_portal_can_go_round_the_wall(place: Database) -> None:
    rights = place.ask(
        "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles "
        "WHERE rolname LIKE 'portal\\_%' OR rolname LIKE 'iysportal\\_%' ORDER BY rolname"
    )
    assert dict(rights) == dict.fromkeys(
        ["iysportal_staff", "iysportal_web", "iysportal_worker", OWNER, WEB, WORKER], False
    ) | {"portal_backup": True}, "it reads all, and runs nothing of the portal"
    owners = place.ask("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
    assert owners == [(OWNER,)]


def test_every_table_is_forced_behind_its_policies(place: Database) -> None:
    bare = place.ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') "
        "AND NOT (relrowsecurity AND relforcerowsecurity "
        "AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid))"
    )
    assert bare == []


def test_the_public_has_no_rights(place: Database) -> None:
    given = place.ask("SELECT table_name FROM information_schema.table_privileges WHERE grantee = 'PUBLIC' "
                      "AND table_schema = 'public'")  # fmt: skip
    assert given == []
    for role in (WEB, WORKER):
        with pytest.raises(InsufficientPrivilege):
            place.ask("CREATE TABLE public.mine ()", role=role)


@pytest.mark.parametrize("role", ["web", "staff"])
def test_raw_sql_without_a_setting_gets_nothing(place: Database, sides: list[Side], role: str) -> None:
    assert sides
    with Seat(place, role, None) as nobody:
        found = {table: nobody.keys(table) for table in walled() if table not in NOT_FOR[role]}
    assert {table: keys for table, keys in found.items() if keys} == {}
    for table in NOT_FOR[role]:
        with Seat(place, role, None) as nobody, pytest.raises(InsufficientPrivilege):
            nobody.keys(table)


def test_the_log_in_role_of_the_web_server_gets_nothing_either(place: Database, sides: list[Side]) -> None:
    """Before any role is taken: what a connection is that nobody told anything."""
    assert sides
    with closing(psycopg2.connect(place.of(WEB))) as line:
        line.autocommit = True
        found = {table: asked(line, f'SELECT count(*) FROM "{table}"') for table in walled()}
    assert {count for ((count,),) in found.values()} == {0}


@pytest.mark.parametrize("role", ["web", "staff"])
@pytest.mark.parametrize("number", [0, 1])
def test_each_side_sees_its_own_rows_and_none_of_the_others(
    place: Database, sides: list[Side], role: str, number: int
) -> None:
    own, foreign = sides[number], sides[1 - number]
    assert set(own["keys"]) == set(walled()), "the world has a row of everything"
    with Seat(place, role, own) as seat:
        for table in walled():
            if table in NOT_FOR[role]:
                continue
            seen = seat.keys(table)
            assert own["keys"][table] in seen, table
            assert foreign["keys"][table] not in seen, table
        people = seat.keys("tenancy_user")
        assert not {str(foreign["owner"]), str(foreign["staff"])} & people


@pytest.mark.parametrize("role", ["web", "staff"])
def test_the_rows_that_two_sides_see_have_nothing_in_common(place: Database, sides: list[Side], role: str) -> None:
    with Seat(place, role, sides[0]) as one, Seat(place, role, sides[1]) as other:
        for table in walled():
            if table not in NOT_FOR[role]:
                assert not one.keys(table) & other.keys(table), table


@pytest.mark.parametrize("role", ["web", "staff"])
def test_nothing_is_written_for_another_side(place: Database, sides: list[Side], role: str) -> None:
    own, foreign = sides
    rows = {
        table: place.ask(f'SELECT to_jsonb(t)::text FROM "{table}" t WHERE "{key(table)}"::text = %s', value)
        for table, value in foreign["keys"].items()
    }
    with Seat(place, role, own) as seat:
        for table, value in foreign["keys"].items():
            ((row,),) = rows[table]
            copy = f'INSERT INTO "{table}" SELECT * FROM jsonb_populate_record(NULL::"{table}", %s)'
            assert seat.refused(copy, row), f"insert into {table}"
            its = f'"{key(table)}"::text = %s'
            assert seat.refused(f'UPDATE "{table}" SET "{key(table)}" = "{key(table)}" WHERE {its}', value), table
            assert seat.refused(f'DELETE FROM "{table}" WHERE {its}', value), f"delete from {table}"


@pytest.mark.parametrize("role", ["web", "staff"])
def test_no_row_is_given_to_another_side_or_led_to_its_rows(place: Database, sides: list[Side], role: str) -> None:
    """Foreign keys go round policies, so each is asked for when a row is written."""
    own, foreign = sides
    tried = set()
    with Seat(place, role, own) as seat:
        for model in models().values():
            table = model._meta.db_table
            if table not in own["keys"]:
                continue
            for each in model._meta.fields:
                to = each.related_model._meta if each.related_model else None
                # A person may be named in a row whom the company does not see any more.
                if to is None or to.db_table not in foreign["keys"] or to.label == "tenancy.User":
                    continue
                if (role, table, each.column) in ANYBODYS_TO_NAME:
                    continue
                change = f'UPDATE "{table}" SET "{each.column}" = %s WHERE "{key(table)}"::text = %s'
                try:
                    changed = seat.ask(change, foreign["keys"][to.db_table], own["keys"][table])
                except InsufficientPrivilege:
                    tried.add((table, each.column))
                else:
                    # A row that is seen and not written, such as a colleague's address.
                    assert changed == 0, f"{table}.{each.column}"
    assert {("documents_document", "replaced_by_id"), ("onboarding_assignment", "signed_form_id")} <= tried
    assert len(tried) > 50


def test_nobody_becomes_staff_by_a_page_of_companies(place: Database, sides: list[Side]) -> None:
    own, _foreign = sides
    with Seat(place, "web", own) as seat:
        assert seat.ask("UPDATE tenancy_user SET full_name = 'Ada' WHERE id = %s", own["owner"]) == 1
        for right in ("is_staff = true", "is_superuser = true", f"partner_id = {own['partner']}"):
            with pytest.raises(InsufficientPrivilege):
                seat.ask(f"UPDATE tenancy_user SET {right} WHERE id = %s", own["owner"])
        with pytest.raises(InsufficientPrivilege):
            seat.ask(
                "INSERT INTO tenancy_user_groups (user_id, group_id) SELECT %s, min(id) FROM auth_group",
                own["owner"],
            )


@pytest.mark.parametrize("role", ["iysportal_web", "iysportal_staff", "iysportal_worker", WEB, WORKER])
@pytest.mark.parametrize("verb", ["UPDATE journal_entry SET text = 'x'", "DELETE FROM", "TRUNCATE"])
def test_what_the_journal_holds_stays(place: Database, sides: list[Side], role: str, verb: str) -> None:
    assert sides
    login = WORKER if role.endswith("worker") else WEB
    with closing(psycopg2.connect(place.of(login))) as line:
        asked(line, f"SET ROLE {role}")
        with pytest.raises(InsufficientPrivilege):
            asked(line, verb if "journal_entry" in verb else f"{verb} journal_entry")


def test_workers_go_through_all_rows_and_change_no_table(place: Database, sides: list[Side]) -> None:
    for side in sides:
        for table, value in side["keys"].items():
            ((count,),) = place.ask(
                f'SELECT count(*) FROM "{table}" WHERE "{key(table)}"::text = %s', value, role=WORKER
            )
            assert count == 1, table
    for statement in (
        "ALTER TABLE tenancy_company DISABLE ROW LEVEL SECURITY",
        "TRUNCATE tenancy_company CASCADE",
    ):
        with pytest.raises(InsufficientPrivilege):
            place.ask(statement, role=WORKER)


def test_a_worker_cannot_become_the_web_server_nor_the_other_way_round(place: Database) -> None:
    for login, role in ((WORKER, "iysportal_web"), (WEB, "iysportal_worker"), (WEB, OWNER), (WORKER, OWNER)):
        with closing(psycopg2.connect(place.of(login))) as line, pytest.raises(InsufficientPrivilege):
            asked(line, f"SET ROLE {role}")
