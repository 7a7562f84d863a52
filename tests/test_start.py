"""A start stays quick: what only some processes need is not loaded by all of them.

Held by cause, not by time: the slow packages are absent from a fresh interpreter that has loaded everything that a
web server, a command or the sandbox loads at its start.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Measured: each takes from a twentieth to the double of all the rest of a start.
SLOW = {
    "aiohttp",
    "asn1crypto",
    "boto3",
    "botocore",
    "dns",
    "fontTools",
    "holidays",
    "openpyxl",
    "pikepdf",
    "pyhanko",
    "pyhanko_certvalidator",
    "pypdfium2",
    "storages",
    "weasyprint",
}
PORTAL = "import django; django.setup(); import iysportal.urls"
STARTS = {
    "the map of URLs and every app": PORTAL,
    "system checks, as before every command": f"{PORTAL}; from django.core.checks import run_checks; run_checks()",
    "web server": "import iysportal.wsgi",
    "schedule and tasks": f"{PORTAL}; import iysportal.celery, jobs.tasks, onboarding.tasks, correspondence.tasks",
    "sandbox": "import sandbox.__main__, sandbox.web",
    "launcher": "import launch.__main__",
}


def loaded(program: str, tmp_path: Path) -> set[str]:
    """The modules of a fresh interpreter after `program`."""
    done = subprocess.run(
        [sys.executable, "-c", f"import json, sys; {program}; print(json.dumps(sorted(sys.modules)))"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "only-for-this-test",
            "FIELD_KEYS": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "VAR_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "iysportal.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("start", STARTS)
def test_no_start_loads_what_only_some_processes_need(start: str, tmp_path: Path) -> None:
    assert loaded(STARTS[start], tmp_path) & SLOW == set()


def test_the_slow_packages_are_loaded_where_they_are_used(tmp_path: Path) -> None:
    """The names in SLOW are those of packages that the portal does use; a renamed one would guard nothing."""
    uses = (
        "import documents.pdf_writer, documents.pdf_inspection, documents.signatures.examining, "
        "storages.backends.s3, correspondence.preflight.dns_records, team.importing.sheets, "
        "onboarding.business_days as days, datetime; "
        "days.is_business_day(datetime.date(2026, 5, 19))"
    )
    assert loaded(f"{PORTAL}; {uses}", tmp_path) >= SLOW
