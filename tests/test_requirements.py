"""What runs needs nothing but the run set: the test set would hide what a fresh installation lacks."""

import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

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


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_run_set_is_all_that_runs(tmp_path: Path) -> None:
    pinned = {
        canonical(name)
        for name in re.findall(r"^([\w.-]+)==", (ROOT / "requirements" / "run.txt").read_text(), re.MULTILINE)
    }
    absent = {
        module
        for module, owners in packages_distributions().items()
        if not {canonical(owner) for owner in owners} & pinned and module not in {"pip", "_distutils_hack"}
    }
    assert {"pytest", "playwright"} <= absent
    apps = (*PACKAGES, "iysportal", "sandbox", "launch")
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
