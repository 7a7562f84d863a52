"""What runs needs nothing but the run set, and the pinned sets are what pyproject.toml asks for."""

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_house import PACKAGES

ROOT = Path(__file__).resolve().parents[1]
# Runs in a process of its own: refuses every import that only the test set provides, then imports everything.
PROGRAM = """
import importlib, sys
from pathlib import Path

class Refusing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {name!r} in the run set", name=name)

sys.meta_path.insert(0, Refusing())
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "iysportal.settings"
import django
django.setup()
for app in APPS:
    for file in sorted(Path(app).rglob("*.py")):
        importlib.import_module(".".join(file.with_suffix("").parts).removesuffix(".__init__").removesuffix(".__main__"))
"""


def compiled(name: str) -> tuple[dict[str, str], set[str]]:
    """The versions of a set by package, and the packages in it that pyproject.toml asks for."""
    versions: dict[str, str] = {}
    asked = set()
    package = ""
    for line in (ROOT / "requirements" / f"{name}.txt").read_text().splitlines():
        if pin := re.match(r"([\w.-]+)==(\S+)", line):
            package = canonicalize_name(pin[1])
            versions[package] = pin[2]
        elif "iysportal (pyproject.toml" in line:
            asked.add(package)
    return versions, asked


def declared(*groups: str) -> list[Requirement]:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    by_group = {"run": pyproject["project"]["dependencies"], **pyproject["dependency-groups"]}
    return [Requirement(line) for group in groups for line in by_group[group]]


@pytest.mark.parametrize(
    ("name", "groups"), [("uv", ["installer"]), ("run", ["run"]), ("test", ["run", "test", "lint"])]
)
def test_a_pinned_set_is_what_pyproject_asks_for(name: str, groups: list[str]) -> None:
    versions, asked = compiled(name)
    wanted = declared(*groups)
    assert asked == {canonicalize_name(each.name) for each in wanted}, "`make requirements UPGRADE=` was not run"
    assert [str(each) for each in wanted if versions[canonicalize_name(each.name)] not in each.specifier] == []


def test_the_test_set_holds_the_run_set() -> None:
    run, test = compiled("run")[0], compiled("test")[0]
    assert {package: test.get(package) for package in run} == run


def test_the_run_set_is_all_that_runs(tmp_path: Path) -> None:
    provided = set(compiled("run")[0])
    absent = {
        module
        for module, owners in packages_distributions().items()
        if not {canonicalize_name(owner) for owner in owners} & provided
        and module not in {"pip", "_distutils_hack"}
    }
    assert {"pytest", "playwright"} <= absent
    apps = (*PACKAGES, "sandbox", "launch")
    ended = subprocess.run(
        [sys.executable, "-c", f"ABSENT = {absent!r}\nAPPS = {apps!r}\n{PROGRAM}"],
        cwd=ROOT,
        env={
            "SECRET_KEY": "yalnizca-bu-test-icin-" + "x" * 40,
            "FIELD_KEYS": "A" * 43 + "=",
            "VAR_DIR": str(tmp_path),
            "PATH": os.environ["PATH"],
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
