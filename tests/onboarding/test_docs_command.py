"""`manage.py docs`: docs/states.md is made from the tables, and a stale one is noticed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from onboarding.diagrams import GENERAL
from onboarding.steps import STEPS


@pytest.fixture
def states(tmp_path: Path) -> Iterator[Path]:
    with override_settings(BASE_DIR=tmp_path):
        yield tmp_path / "docs" / "states.md"


def test_what_was_just_written_is_not_stale_and_shows_every_state_and_move(states: Path) -> None:
    call_command("docs")
    call_command("docs", check=True)
    written = states.read_text()
    for step in STEPS:
        assert step.title in written
        for state in step.states:
            assert state in written, state
        for row in step.moves:
            # What every step has alike is said once, in the head.
            assert (f"`{row.name}` | {row.label} |" in written) is (row.name not in GENERAL), row.name


@pytest.mark.parametrize("content", [None, "", "# Durumlar\n"], ids=["missing", "empty", "other"])
def test_a_stale_file_fails_says_what_to_do_and_is_left_alone(states: Path, content: str | None) -> None:
    if content is not None:
        states.parent.mkdir()
        states.write_text(content)
    with pytest.raises(CommandError, match="run `make docs`"):
        call_command("docs", check=True)
    assert (states.read_text() if states.exists() else None) == content


def test_a_stale_file_is_written_anew(states: Path) -> None:
    states.parent.mkdir()
    states.write_text("# Durumlar\n")
    call_command("docs")
    call_command("docs", check=True)
