"""Expand, migrate, contract: while servers change over, the code of before works on the tables of today."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db.migrations import AddField, CreateModel
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

from tests.releases.test_migrations import since_the_releases
from tests.releases.world import FIELD_KEY
from tests.tenancy.rows_database import Database, migrated_database

ROOT = Path(__file__).parents[2]
MIGRATIONS = "*/migrations/*.py"


def git(*command: str) -> str:
    done = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def before_the_newest_migration() -> str:
    """The last state of this branch that does not know the newest migration, be that committed or not."""
    unseen = git("ls-files", "--others", "--exclude-standard", MIGRATIONS)
    if unseen or git("diff", "--name-only", "HEAD", MIGRATIONS):
        return "HEAD"
    newest = ["log", "-1", "--first-parent", "--diff-merges=first-parent", "--no-patch", "--diff-filter=A"]
    return f"{git(*newest, '--format=%H', '--', MIGRATIONS)}^"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Its code, with our question beside it."""
    if git("rev-parse", "--is-shallow-repository") == "true":
        pytest.skip("this copy of the repository has no history: there is no code of before in it")
    tree = tmp_path / "old"
    tree.mkdir()
    packed = subprocess.run(["git", "archive", before_the_newest_migration()], cwd=ROOT, capture_output=True)
    assert packed.returncode == 0, packed.stderr
    subprocess.run(["tar", "--extract"], cwd=tree, input=packed.stdout, check=True)
    shutil.copy(ROOT / "tests/releases/beside.py", tree / "tests/releases/beside.py")
    return tree


def does(tree: Path, what: str, place: Database, folder: Path) -> dict[str, Any]:
    environment = {
        **os.environ,
        "DATABASE_URL": place.url,
        "FIELD_KEYS": FIELD_KEY,
        "BROKER_URL": "memory://",
        "S3_BUCKET": "",
        "VAR_DIR": str(folder),
    }
    command = [sys.executable, "-m", "tests.releases.beside", what]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_code_of_before_works_on_the_tables_of_today(postgresql: None, old: Path, tmp_path: Path) -> None:
    assert known_to(old) < known_to(ROOT), "it is older"
    with migrated_database(os.environ["DATABASE_URL"]) as place:
        before = does(old, "write", place, tmp_path / "var")
        assert before["boards"][-1] == ["done"] * 6, "a company has come to its end, page by page and mail by mail"
        after = does(ROOT, "read", place, tmp_path / "var")
        assert after["boards"] == before["boards"]
        assert {name: after["read"][name] for name in before["read"]} == before["read"]
    # And it goes on from what today's code has written beside it.
    with migrated_database(os.environ["DATABASE_URL"]) as place:
        written = does(ROOT, "write", place, tmp_path / "var2")
        read = does(old, "read", place, tmp_path / "var2")
        assert read["boards"] == written["boards"]
        assert read["read"] == {name: written["read"][name] for name in read["read"]}


def known_to(tree: Path) -> set[str]:
    return {str(each.relative_to(tree)) for each in tree.glob("*/migrations/0*.py")}


def test_a_column_that_is_added_is_none_that_the_code_of_before_has_to_fill() -> None:
    """Django gives a default to rows that are there, and takes it from the table: who inserts without it fails."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for key in since_the_releases(loader.graph):
        operations = loader.graph.nodes[key].operations
        made = {each.name_lower for each in operations if isinstance(each, CreateModel)}
        for each in operations:
            if isinstance(each, AddField) and each.model_name_lower not in made and not each.field.many_to_many:
                filled = each.field.null or each.field.db_default is not NOT_PROVIDED
                assert filled, f"{key} adds {each.model_name}.{each.name}: null=True, or a db_default"
