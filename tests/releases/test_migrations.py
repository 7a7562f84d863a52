"""From a released version on migrations only add; and its data is walked to today's schema."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db.migrations import SeparateDatabaseAndState
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader

from tests.releases.world import Release, releases

ROOT = Path(__file__).parents[2]
# Code of the version before runs beside the new schema while servers change over: it must find all that it knows.
ADDS = {
    "CreateModel",
    "AddField",
    "AddIndex",
    "AddConstraint",
    "RunPython",
    "AlterModelOptions",
    "AlterModelManagers",
}
# Migrations that drop what two releases have not used any more, with the reason.
DROPS: dict[tuple[str, str], str] = {
    ("correspondence", "0002_taught_sentences"): "one constraint: a kept table must not hold back its users' rows",
    ("correspondence", "0007_sending_mark"): "one column made wider: the portal itself may hold sending",
    (
        "tenancy",
        "0005_invitation_links",
    ): "one constraint made wider: what was taken back stays beside its follower",
}


@pytest.mark.parametrize("release", releases(), ids=lambda release: release.name)
@pytest.mark.usefixtures("postgresql")
def test_a_released_database_goes_on(release: Release) -> None:
    walked = subprocess.run(
        [sys.executable, "-m", "tests.releases.walk", release.name],
        cwd=ROOT,
        env={**os.environ},
        capture_output=True,
        text=True,
    )
    assert walked.returncode == 0, walked.stderr
    found = json.loads(walked.stdout)
    filled = {name: count for name, count in found["before"].items() if count}
    assert {"onboarding_application", "correspondence_letter", "correspondence_mail", "journal_entry"} <= set(
        filled
    )
    for name, count in filled.items():
        if name != "django_migrations":
            assert found["after"].get(name, 0) >= count, f"{name} has lost rows"
    assert found["read"]["onboarding.ApplicationForm"] == 3
    assert set(found["companies"]) == {1}, "each company has one tracking address in use"
    assert found["boards"] == [
        ["open", "locked", "locked", "locked", "locked", "locked"],
        ["done", "waiting", "locked", "locked", "locked", "locked"],
        ["done", "done", "done", "done", "done", "done"],
    ]
    assert sorted(found["taught"]) == [
        ["Bu eski bir söz", "offer", False, True, True],
        ["Talebiniz geri çevrildi", "refused", True, False, True],
        ["{numara} no'lu dosyanız kayıt altına girmiştir", "received", True, True, True],
    ], "what support's phrases caught goes on as whole sentences"


def since_the_releases(graph: MigrationGraph) -> list[tuple[str, str]]:
    """Our own migrations that no release has."""
    released = {
        key for release in releases() for leaf in release.migrations.items() for key in graph.forwards_plan(leaf)
    }
    assert released, "no release is kept"
    return sorted(key for key in graph.nodes if key not in released and (ROOT / key[0] / "migrations").is_dir())


def test_since_a_release_migrations_only_add() -> None:
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    for key in since_the_releases(graph):
        migration = graph.nodes[key]
        if key in DROPS:
            continue
        # What the code no longer knows and the database keeps, for the version before.
        operations = [
            operation
            for operation in migration.operations
            if not isinstance(operation, SeparateDatabaseAndState) or operation.database_operations
        ]
        found = {type(operation).__name__ for operation in operations}
        assert found <= ADDS, f"{key} does more than add: {found - ADDS}"


def test_the_first_release_is_kept_for_good() -> None:
    assert "v0.1.0" in {release.name for release in releases()}
