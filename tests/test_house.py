"""The house rules that a machine can hold: imports go one way, thinking is pure, the other side is apart.

`docs/architecture.md` draws what is held here.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# From the top floor down: a package imports only those below it.
PACKAGES = (
    "iysportal",
    "jobs",
    "health",
    "backups",
    "design",
    "privacy",
    "finding",
    "figures",
    "onboarding",
    "team",
    "accounts",
    "support",
    "guide",
    "brands",
    "verification",
    "correspondence",
    "documents",
    "journal",
    "limits",
    "tenancy",
    "partners",
    "registry",
    "fetcher",
    "confinement",
    "broker",
    "wall",
    "telemetry",
    "identifiers",
)
# These import nothing of the portal, and nothing of it imports them.
APART = ("sandbox", "launch", "bench", "tests")
# Within a package, from the top floor down; rooms in one line do not import each other.
ROOMS: Mapping[str, Sequence[tuple[str, ...]]] = {
    "onboarding": (
        ("admin", "urls", "management", "apps"),
        ("views", "templatetags"),
        ("tasks",),
        ("forms", "moving"),
        ("actions", "evidence_pack", "merging"),
        ("mail",),
        ("codes", "overview", "applications"),
        ("transitions", "reminders"),
        ("letters",),
        ("dossier", "attention", "diagrams", "checks", "first_data", "records"),
        ("actor", "models"),
        ("ways",),
        ("gate", "code_differences", "business_days"),
        ("steps",),
        ("machine",),
    ),
    "correspondence": (
        ("admin", "tasks", "preflight", "management", "apps", "templatetags"),
        ("forms", "replay"),
        ("incoming", "outgoing"),
        ("addresses", "frozen"),
        ("models",),
        ("mailbox", "reading", "server_logs"),
    ),
}


def modules(*places: str) -> Iterator[Path]:
    for place in places:
        path = ROOT / place
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def written_here() -> Iterator[Path]:
    return (file for file in modules(*PACKAGES, "sandbox", "launch", "bench") if "migrations" not in file.parts)


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def leaves(names: set[str]) -> set[str]:
    """Without the packages that only lead to a module: `from a import b` is about a.b."""
    return {name for name in names if not any(other.startswith(f"{name}.") for other in names)}


def tops(file: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(file)}


def is_pure(file: Path) -> bool:
    """Whether the module, or the package that it is in, says of itself that it is PURE."""
    texts = [file.read_text()]
    texts += [init.read_text() for init in (file.parent / "__init__.py",) if init.exists()]
    return any("PURE" in (ast.get_docstring(ast.parse(text)) or "") for text in texts)


def test_every_package_has_its_floor() -> None:
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert found == {*PACKAGES, *APART}


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_import_downwards_only(package: str) -> None:
    above = set(PACKAGES[: PACKAGES.index(package)]) | set(APART)
    upward = {str(file.relative_to(ROOT)): tops(file) & above for file in modules(package) if tops(file) & above}
    assert upward == {}


@pytest.mark.parametrize("package", ROOMS)
def test_rooms_import_downwards_only(package: str) -> None:
    floor_of = {room: floor for floor, rooms in enumerate(ROOMS[package]) for room in rooms}
    upward = []
    for file in modules(package):
        room = file.relative_to(ROOT / package).parts[0].removesuffix(".py")
        if room in ("__init__", "migrations"):
            continue
        assert room in floor_of, f"{package}/{room} has no floor yet"
        for name in imports(file):
            first, _dot, rest = name.partition(".")
            below = rest.partition(".")[0]
            if first == package and below in floor_of and below != room and floor_of[below] <= floor_of[room]:
                upward.append(f"{file.relative_to(ROOT)} → {name}")
    assert upward == []


def test_no_module_imports_itself_by_a_way_around() -> None:
    """No circle, be it within one room."""
    names = {".".join(file.relative_to(ROOT).with_suffix("").parts): file for file in written_here()}
    names = {name.removesuffix(".__init__"): file for name, file in names.items()}
    below = {
        name: leaves({each for each in imports(file) if each in names}) - {name} for name, file in names.items()
    }
    done: set[str] = set()
    while ready := {name for name in below if name not in done and below[name] <= done}:
        done |= ready
    assert set(below) - done == set()


def test_thinking_is_pure() -> None:
    pure = [file for file in written_here() if is_pure(file)]
    assert len(pure) > 30
    for file in pure:
        assert "django" not in tops(file), file
        known = {name for name in imports(file) if name.partition(".")[0] in PACKAGES}
        assert not [name for name in known if "models" in name.split(".")], file


def test_the_marker_finds_what_is_pure() -> None:
    for place in ("onboarding/gate.py", "onboarding/steps/status_query.py", "correspondence/reading/kinds.py"):
        assert is_pure(ROOT / place), place
    for place in ("onboarding/transitions.py", "correspondence/incoming/processing.py"):
        assert not is_pure(ROOT / place), place


@pytest.mark.parametrize("place", ["sandbox", "launch"])
def test_the_other_side_and_the_launcher_are_apart(place: str) -> None:
    for file in modules(place):
        assert not tops(file) & set(PACKAGES), file


def test_actions_and_models_import_no_screens() -> None:
    upper = ("views", "admin", "tasks", "management", "forms", "urls")
    for package in PACKAGES:
        for file in modules(package):
            parts = file.relative_to(ROOT / package).parts
            if parts[0].removesuffix(".py") in (*upper, "apps") or "migrations" in parts:
                continue
            found = {
                name for name in imports(file) if name.startswith(tuple(f"{package}.{each}" for each in upper))
            }
            assert not found, file


def test_files_stay_small() -> None:
    long = {
        str(file.relative_to(ROOT)): count
        for file in written_here()
        # The settings are one flat list in one file, by design.
        if file.name != "settings.py" and (count := len(file.read_text().splitlines())) > 330
    }
    assert long == {}


def test_times_are_written_with_a_colon() -> None:
    """In the forms of Django's `date` filter and of Python."""
    places = [*(ROOT / "templates").rglob("*.*"), *written_here()]
    assert [file for file in places if re.search(r"H\.i|%H\.%M", file.read_text())] == []
