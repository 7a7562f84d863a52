"""What the documentation names is there: files, folders, links, commands, and names of code.

Whoever renames something finds out here which sentence has to change.
"""

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.core.management import get_commands

from iysportal.celery import app
from tests.test_house import PACKAGES, ROOMS

ROOT = Path(__file__).parents[1]
# Made from the code, and held fresh by a test of their own.
GENERATED = {"docs/states.md"}
# A changelog tells what was, also of what is gone.
TELLS_OF_THE_PAST = {"CHANGELOG.md"}
PAGES = sorted(
    str(page.relative_to(ROOT))
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
    if str(page.relative_to(ROOT)) not in GENERATED | TELLS_OF_THE_PAST
)
# These two name classes, fields and functions of today, and nothing else in the form of code.
NAMES_OF_CODE = ("docs/architecture.md", "docs/glossary.md")
NOT_OURS = {".git", ".venv", "var", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"}
# Written at run time, or in a pack that a company takes away.
AT_RUN_TIME = re.compile(r"^(?:var/|\$?VAR_DIR/|backup/|belgeler/|mektuplar/|gelen/|/|\d+/\d+$)")
IN_A_PACK = {"kanit-dosyasi.pdf", "manifest.json", "MANIFEST.txt"}
CODE = re.compile(r"`([^`\n]+)`")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)\)")
PATH = re.compile(r"\.?\w[\w.*-]*(?:/[\w.*-]+)*/?")
FILE = re.compile(r"\w[\w-]*\.(?:py|md|txt|html|css|yml|toml|json|sh|example)")
DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
ARCHITECTURE, OPERATIONS = "docs/architecture.md", "docs/operations.md"


@cache
def paths() -> frozenset[str]:
    """Every file and folder that is ours, from the root."""
    return frozenset(ours(ROOT))


def ours(root: Path) -> Iterator[str]:
    """Goes into no folder that is not ours: tests that run beside this one make and remove folders there."""
    for folder, below, files in os.walk(root):
        below[:] = [each for each in below if each not in NOT_OURS]
        inside = Path(folder).relative_to(root)
        yield from (f"{inside / each}/" for each in below)
        yield from (str(inside / each) for each in files if each not in NOT_OURS)


@cache
def words() -> frozenset[str]:
    """Every name that stands anywhere in our Python."""
    ours = (ROOT / path for path in paths() if path.endswith(".py") and not path.startswith("tests/"))
    return frozenset(word for file in ours for word in re.findall(r"[A-Za-z_]\w*", file.read_text()))


@cache
def makefile() -> frozenset[str]:
    return frozenset(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def is_there(named: str) -> bool:
    """A path from the root, or the end of one: `gate.py` for onboarding/gate.py. A star stands for anything.

    What begins with a folder of the root is a path from there, or a template by Django's name for it.
    """
    if "*" in named:
        return any(ROOT.glob(named))
    first, slash, _rest = named.partition("/")
    if slash and f"{first}/" in paths():
        return (ROOT / named).exists() or (ROOT / "templates" / named).exists()
    return any(f"/{path}".rstrip("/").endswith(f"/{named}".rstrip("/")) for path in paths())


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, or below another line."""
    _before, found, after = (ROOT / page).read_text().partition(f"\n{heading}\n")
    assert found, f"{page} has no “{heading}”"
    table = re.search(r"^\|.*?(?=\n\n|\Z)", after, re.MULTILINE | re.DOTALL)
    assert table, f"no table below “{heading}”"
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[0].splitlines()[2:]]


def spans(page: str) -> list[str]:
    """What stands in backticks on one line."""
    return CODE.findall(FENCED.sub("", (ROOT / page).read_text()))


def paths_named(page: str) -> set[str]:
    tokens = {token.rstrip(",;:").partition("::")[0] for span in spans(page) for token in span.split()}
    tokens = {token.rpartition("=")[2] for token in tokens}  # ARGS=tests/x.py
    return {
        token
        for token in tokens
        if ("/" in token and PATH.fullmatch(token)) or (FILE.fullmatch(token) and token not in IN_A_PACK)
        if not AT_RUN_TIME.match(token)
    }


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_folder_that_is_named_exists(page: str) -> None:
    assert {path for path in paths_named(page) if not is_there(path)} == set()


@pytest.mark.parametrize("page", [*PAGES, *TELLS_OF_THE_PAST])
def test_every_link_leads_somewhere(page: str) -> None:
    targets = [link for link in LINK.findall((ROOT / page).read_text()) if "://" not in link]
    assert [link for link in targets if not (ROOT / page).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_named_can_be_given(page: str) -> None:
    text = (ROOT / page).read_text()
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=[`\s]*(?:[A-Z`#\n]|$))", text)) <= makefile()
    assert set(re.findall(r"manage\.py\s([a-z_]+)", text)) <= set(get_commands())


@pytest.mark.parametrize("page", PAGES)
def test_every_module_and_task_that_is_named_exists(page: str) -> None:
    """Dotted names that begin with one of our packages, such as jobs.tasks.deliver."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    for name in re.findall(DOTTED, " ".join(spans(page))):
        first, *rest = name.split(".")
        if first in packages and rest and not FILE.fullmatch(name):
            assert name_exists(name), name


def name_exists(name: str) -> bool:
    """A module, or something that a module has."""
    module, _dot, inside = name.rpartition(".")
    as_path = name.replace(".", "/")
    if {f"{as_path}.py", f"{as_path}/__init__.py"} & paths():
        return True
    for holder in (f"{module.replace('.', '/')}.py", f"{module.replace('.', '/')}/__init__.py"):
        if holder in paths():
            return bool(re.search(rf"\b{inside}\b", (ROOT / holder).read_text()))
    return False


@pytest.mark.parametrize("page", NAMES_OF_CODE)
def test_names_of_code_are_those_of_today(page: str) -> None:
    names = [span for span in spans(page) if DOTTED.fullmatch(span) and not FILE.fullmatch(span)]
    assert len(names) > 10
    assert [name for name in names if not set(name.split(".")) <= words()] == []


def test_packages_stand_in_the_order_in_which_they_import() -> None:
    assert [cells[0] for cells in rows(ARCHITECTURE, "## Packages")] == [f"`{package}/`" for package in PACKAGES]


@pytest.mark.parametrize("package", ROOMS)
def test_rooms_stand_in_the_order_in_which_they_import(package: str) -> None:
    drawn = [CODE.findall(cells[0]) for cells in rows(ARCHITECTURE, f"`{package}/`, from the top:")]
    assert [path for line in drawn for path in line if f"{package}/{path}" not in paths()] == []
    rooms = [{path.rstrip("/").removesuffix(".py") for path in line} for line in drawn]
    assert rooms == [set(line) for line in ROOMS[package]]


def how_often(schedule: Any) -> str:
    """As docs/operations.md says it."""
    if isinstance(schedule, float):
        return f"{schedule:g} s"
    minutes = sorted(schedule.minute)
    if len(minutes) > 1:
        return f"every {minutes[1] - minutes[0]} minutes"
    return f"{min(schedule.hour):02}:{minutes[0]:02}"


def test_the_whole_schedule_is_told() -> None:
    told = {cells[0]: cells[1].partition(",")[0] for cells in rows(OPERATIONS, "## The schedule")}
    assert told == {name: how_often(entry["schedule"]) for name, entry in app.conf.beat_schedule.items()}


def test_every_task_of_the_schedule_can_be_called_by_hand() -> None:
    by_hand = {cells[0]: cells[3] for cells in rows(OPERATIONS, "## The schedule")}
    for name, entry in app.conf.beat_schedule.items():
        _package, _tasks, task = entry["task"].split(".")
        assert by_hand[name] in (f"`celery -A iysportal call {entry['task']}`", f"`manage.py {task}`")


def test_what_is_looked_for_is_found_in_the_pages() -> None:
    """The patterns above do find names; without this they could all be blind."""
    assert "onboarding/gate.py" in paths_named("README.md")
    assert "tests/tenancy/test_wall.py" in paths_named("CONTRIBUTING.md")
    assert not is_there("onboarding/board.py")
    assert is_there("test_wall.py")
    assert not is_there("tenancy/test_wall.py")
    assert not name_exists("correspondence.tasks.nothing_of_the_kind")


def test_folders_that_come_and_go_where_nothing_is_ours_stop_nobody_who_looks(tmp_path: Path) -> None:
    """So do those in which another worker's examples are kept."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").touch()
    over, kept = Event(), tmp_path / ".hypothesis" / "examples"

    def comes_and_goes() -> None:
        while not over.is_set():
            (kept / "one" / "two").mkdir(parents=True)
            for each in (kept / "one" / "two", kept / "one", kept):
                each.rmdir()

    other = Thread(target=comes_and_goes)
    other.start()
    try:
        assert {frozenset(ours(tmp_path)) for _time in range(2000)} == {frozenset({"docs/", "docs/a.md"})}
    finally:
        over.set()
        other.join()
