"""A database of before 0.1.0 is known by its migrations, and left as it is."""

import sqlite3
import subprocess
import sys
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).parents[2]


def migrate(var: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": "/usr/bin:/bin",
        "SECRET_KEY": "only-for-this-test",
        "FIELD_KEYS": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "VAR_DIR": str(var),
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_the_portals_own_command_is_the_one_that_runs() -> None:
    assert get_commands()["migrate"] == "tenancy"


def test_a_database_of_before_the_first_release_is_refused_with_the_way_out(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "db.sqlite3")
    database.execute("CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied text)")
    row = ("tenancy", "0001_users_and_companies", "2026-01-01 00:00:00")
    database.execute("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", row)
    database.commit()
    refused = migrate(tmp_path)
    assert refused.returncode != 0
    assert "made by a version before 0.1.0" in refused.stderr
    assert "mv var var-before-0.1.0" in refused.stderr
    assert database.execute("SELECT app, name FROM django_migrations").fetchall() == [row[:2]]


def test_a_new_database_is_made_and_the_second_time_nothing_is_left_to_do(tmp_path: Path) -> None:
    for _time in range(2):
        made = migrate(tmp_path)
        assert (made.returncode, made.stdout) == (0, ""), made.stderr
