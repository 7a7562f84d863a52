"""How tests are chosen for `make unit`: by what they ask for, and never without a word."""

import os
import subprocess
import sys
from pathlib import Path

from tests.servers.stack import ADDRESSES

ROOT = Path(__file__).resolve().parents[1]
TESTS = """
import pytest

def test_alone(): pass
def test_asks(dovecot): pass
@pytest.mark.usefixtures("swift")
def test_asks_in_a_mark(): pass
@pytest.mark.django_db(transaction=True)
def test_commits(): pass
def test_is_not_recognised(request): request.getfixturevalue("redis")
def test_skips(): pytest.skip("no reason")
"""
PAGES = "from django.test import Client\ndef test_page(): assert Client()\n"
PROGRAMS = "import subprocess\ndef test_program(): assert subprocess\n"


def test_what_needs_more_is_left_out_and_counted_and_who_asks_later_fails_by_name(tmp_path: Path) -> None:
    (tmp_path / "test_servers.py").write_text(TESTS)
    (tmp_path / "test_pages.py").write_text(PAGES)
    (tmp_path / "test_programs.py").write_text(PROGRAMS)
    command = f"-m pytest -n 1 -c pyproject.toml -p tests.servers.needs -p no:cacheprovider {tmp_path}".split()
    without = {name: value for name, value in os.environ.items() if name not in ADDRESSES}
    ended = subprocess.run(
        [sys.executable, *command, "-m", "not servers and not screens and not programs"],
        cwd=ROOT,
        env={**without, "CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = ended.stdout
    assert ended.returncode == 1, said + ended.stderr
    assert "Left out: 3 that need a server, 1 that walk through screens, 1 that start programs; " in said
    assert "2 failed, 1 passed" in said
    assert "Redis is not up: `make test` starts it" in said
    assert "test_skips skipped itself, which nothing may where CI=true" in said
