"""The house rules that a machine can hold: imports go one way, thinking is pure, the sandbox is apart."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = (
    "onboarding",
    "team",
    "support",
    "brands",
    "verification",
    "correspondence",
    "documents",
    "journal",
    "tenancy",
    "partners",
    "registry",
    "identifiers",
)
PURE = (
    "identifiers",
    "verification/rules.py",
    "onboarding/machine.py",
    "onboarding/gate.py",
    "onboarding/steps",
    "onboarding/diagrams.py",
    "onboarding/business_days.py",
    "onboarding/suggesting.py",
    "correspondence/mime.py",
    "onboarding/differences.py",
    "correspondence/parsing.py",
    "correspondence/bounces.py",
    "correspondence/phrases.py",
    "correspondence/rules.py",
    "correspondence/facts.py",
    "correspondence/html_text.py",
    "correspondence/quotes.py",
    "correspondence/matching.py",
    "correspondence/trust.py",
    "correspondence/reading.py",
    "correspondence/retry.py",
    "correspondence/dns_records.py",
    "correspondence/parts.py",
    "documents/inspection.py",
    "documents/packing.py",
)
# Within an app: who may be imported by whom, from the screens down.
UPPER = ("views", "admin", "tasks", "management", "forms", "urls")


def files(place: str) -> Iterator[Path]:
    path = ROOT / place
    yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def tops(file: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(file)}


@pytest.mark.parametrize("app", ORDER)
def test_apps_import_downwards_only(app: str) -> None:
    above = set(ORDER[: ORDER.index(app)]) | {"sandbox", "launch", "tests"}
    upward = {str(file.relative_to(ROOT)): tops(file) & above for file in files(app) if tops(file) & above}
    assert upward == {}


@pytest.mark.parametrize("place", PURE)
def test_thinking_is_pure(place: str) -> None:
    for file in files(place):
        assert "django" not in tops(file), file
        apps = {name for name in imports(file) if name.partition(".")[0] in ORDER}
        assert not [name for name in apps if ".models" in name], file


@pytest.mark.parametrize("place", ["sandbox", "launch"])
def test_the_other_side_and_the_launcher_are_apart(place: str) -> None:
    for file in files(place):
        assert not tops(file) & {*ORDER, "iysportal"}, file


def test_verbs_and_models_import_no_screens() -> None:
    for app in ORDER:
        for file in files(app):
            parts = file.relative_to(ROOT / app).parts
            if parts[0].removesuffix(".py") in UPPER or "migrations" in parts:
                continue
            upper = {name for name in imports(file) if name.startswith(tuple(f"{app}.{each}" for each in UPPER))}
            assert not upper, file


def test_files_stay_small() -> None:
    long = {
        str(file.relative_to(ROOT)): count
        for app in (*ORDER, "sandbox", "launch", "iysportal")
        for file in files(app)
        # The settings are one flat list in one file, by design.
        if file.name != "settings.py"
        and "migrations" not in file.parts
        and (count := len(file.read_text().splitlines())) > 330
    }
    assert long == {}
