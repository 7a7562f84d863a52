"""The second wall around an installation: through PgBouncer, after a restore, with one role for everything."""

import json
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from tenancy.rows.showing import JOURNAL
from tests.servers.pgbouncer import PgBouncer
from tests.servers.postgres import Postgres
from tests.servers.process import started
from tests.servers.swift import folder
from tests.tenancy.rows_database import OWNER, WEB, WORKER, Database, Side, asked, database, filled, make_roles

# What of a database decides who sees what.
RIGHTS = """
SELECT c.relname, pg_get_userbyid(c.relowner), c.relrowsecurity, c.relforcerowsecurity,
    coalesce(c.relacl, acldefault('r', c.relowner))::text, p.polname, p.polcmd, p.polroles::regrole[]::text,
    pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.relname, p.polname"""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Postgres]:
    """Another server, which has never heard of the portal's roles."""
    with folder() as root:
        server = Postgres(root)
        with started(server):
            yield server


def walk(place: Database, url: str, sides: list[Side]) -> None:
    walked = place.run("-m", "tests.tenancy.rows_portal", url=url, text=json.dumps(sides))
    assert walked.returncode == 0, walked.stderr
    for name, found in json.loads(walked.stdout).items():
        assert (found["board"], found["moved"]) == (200, 302), walked.stderr
        assert all(names == [name] for names in found["boards"] + found["lists"]), found


def test_the_portal_works_with_the_rights_of_the_web_server_alone(place: Database, sides: list[Side]) -> None:
    walk(place, place.of(WEB), sides)


def test_two_companies_share_one_connection_of_pgbouncer_in_transaction_mode(
    place: Database, sides: list[Side], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Boards, a move and staff's lists, both companies at once: each meets the settings of its own transaction."""
    with folder() as root:
        bouncer = PgBouncer(root, place.of(WEB), connections=1)
        with started(bouncer):
            walk(place, bouncer.through(place.of(WEB)), sides)
            # The one connection, as it is handed to whoever comes next.
            through = Database(bouncer.through(place.of(WEB)))
            assert through.ask("SELECT current_user, current_setting('wall.company', true)") == [(WEB, "")]
            assert through.ask("SELECT count(*) FROM tenancy_company") == [(0,)]


def test_a_restored_backup_is_a_portal_with_the_same_rights(
    place: Database, sides: list[Side], elsewhere: Postgres, tmp_path: Path
) -> None:
    dump = tmp_path / "portal.dump"
    subprocess.run(["pg_dump", "--format=custom", f"--file={dump}", place.url], check=True)
    with database(elsewhere.url) as restored:
        subprocess.run(["pg_restore", "--exit-on-error", f"--dbname={restored.url}", str(dump)], check=True)
        assert restored.ask(RIGHTS) == place.ask(RIGHTS)
        walk(restored, restored.of(WEB), sides)
        again = restored.manage("migrate")
        assert again.returncode == 0, again.stderr
        assert "renewed" not in again.stdout


def test_one_role_that_makes_the_others_is_enough(elsewhere: Postgres) -> None:
    """A small installation with one DATABASE_URL: no superuser, and requests are walled as anywhere."""
    with database(elsewhere.url, with_roles=False) as place:
        name = urlsplit(place.url).path.lstrip("/")
        for statement in (
            "DROP ROLE IF EXISTS alone",
            "CREATE ROLE alone LOGIN CREATEROLE",
            f"ALTER DATABASE {name} OWNER TO alone",
        ):
            place.ask(statement)
        try:
            migrated = place.manage("migrate", "--verbosity=0", role="alone")
            assert migrated.returncode == 0, migrated.stderr
            walk(place, place.of("alone"), filled(place, "alone"))
        finally:
            place.ask(f"ALTER DATABASE {name} OWNER TO CURRENT_USER")
            place.ask("DROP OWNED BY alone CASCADE")
            place.ask("DROP ROLE alone")


def test_roles_that_are_missing_and_may_not_be_made_are_named(elsewhere: Postgres) -> None:
    with folder() as root:
        bare = Postgres(root)
        with started(bare), database(bare.url, with_roles=False) as place:
            place.ask("CREATE ROLE weak LOGIN")
            place.ask(f"ALTER DATABASE {urlsplit(place.url).path.lstrip('/')} OWNER TO weak")
            refused = place.manage("migrate", "--verbosity=0", role="weak")
            assert refused.returncode != 0
            assert "PostgreSQL's role iysportal_web is missing" in refused.stderr
            assert "docker/roles.sh" in refused.stderr


def test_two_databases_of_one_server_may_be_made_at_once() -> None:
    """Roles are the server's: whoever comes second finds that another database has just made them."""
    with folder() as root:
        bare = Postgres(root)
        with (
            started(bare),
            database(bare.url, with_roles=False) as place,
            closing(psycopg2.connect(bare.url)) as other,
            ThreadPoolExecutor() as beside,
        ):
            asked(other, "CREATE ROLE iysportal_web NOLOGIN")
            migrated = beside.submit(place.manage, "migrate", "--verbosity=0", role="")
            waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%CREATE ROLE%'"
            while not place.ask(waits) and not migrated.done():
                time.sleep(0.1)
            assert not migrated.done(), "it waits for the other"
            other.commit()
            assert migrated.result().returncode == 0, migrated.result().stderr


def test_the_script_of_the_roles_may_be_run_again(place: Database) -> None:
    make_roles(place)
    assert place.ask("SELECT 1 FROM pg_roles WHERE rolname = %s AND NOT rolsuper", OWNER) == [(1,)]
    assert place.ask("SELECT pg_has_role(%s, 'iysportal_worker', 'MEMBER')", WORKER) == [(True,)]


def test_show_wall_connects_as_each_role_and_says_what_it_gets(place: Database, sides: list[Side]) -> None:
    company = sides[0]["company"]
    answer = place.manage(
        "show_wall", place.of(WEB), place.of(WORKER), place.url, "--company", company, role=WORKER
    )
    assert answer.returncode == 0, answer.stderr
    web, worker, superuser = ("\n" + answer.stdout).split("\nportal")[1:]
    assert web.startswith("_web: no superuser; owns 0 tables")
    assert "tables without forced row-level security: 0" in web
    assert "told nothing: 0 rows in 0 tables" in web
    assert f"as iysportal_web, for {company}: " in web
    assert web.count(", 0 rows of other companies") == 2
    assert "may not become iysportal_worker" in web
    assert web.count(": refused") == worker.count(": refused") == len(JOURNAL)
    assert "told nothing: 0 rows" not in worker
    assert superuser.startswith(": SUPERUSER, no wall holds")
    assert superuser.count(": ALLOWED") == len(JOURNAL)
