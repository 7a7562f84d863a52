"""With SENTRY_DSN an error is told by its kind and its places in the code, and nobody's words go along."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.reports.receiver import Receiver

ROOT = Path(__file__).resolve().parents[2]
TCKN, EMAIL, PASSWORD, WORDS = (
    "10000000146",
    "ayse.kaya@mavideniz.example",
    "kuzey-1-isigi-Ş",
    "Sayın Yetkili, mektup",
)
SECRETS = (TCKN, EMAIL, PASSWORD, WORDS)
# In whatever way it may be written: what comes of quoting, of JSON and of URLs.
TRACES = (
    *SECRETS, "kuzey-1", "ayse.kaya", "ayse", "mavideniz", "Yetkili", "mektup", "203.0.113.77", "gizli", "Person",
    "sessionid", "Bearer", "SELECT",
)  # fmt: skip


@pytest.fixture
def sentry() -> Iterator[Receiver]:
    with Receiver().listening() as found:
        yield found


def environment(dsn: str, var: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "BROKER_URL")},
        "SENTRY_DSN": dsn,
        "SECRETS_OF_THE_TEST": "|".join(SECRETS),
        "VAR_DIR": str(var),
        # What the processes say of themselves is no part of it.
        "PYTHONWARNINGS": "ignore",
    }


def ran(*command: str, dsn: str, var: Path) -> None:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT, env=environment(dsn, var), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


def told(event: dict[str, Any]) -> list[str]:
    return [each["type"] for each in event["exception"]["values"]]


def places(event: dict[str, Any]) -> set[str]:
    return {frame["function"] for each in event["exception"]["values"] for frame in each["stacktrace"]["frames"]}


def nothing_slipped(sentry: Receiver) -> None:
    heard = sentry.all
    assert [each for each in TRACES if each in heard] == []
    assert {kind for kind, _item in sentry.items()} == {"event"}
    for event in sentry.events():
        assert (
            not {"request", "user", "breadcrumbs", "extra", "server_name", "logentry", "contexts"} & event.keys()
        )
        assert not any("value" in each for each in event["exception"]["values"])
        assert "vars" not in str(event)


def test_of_a_view_that_fails(sentry: Receiver, tmp_path: Path) -> None:
    ran("-m", "tests.reports.failing", dsn=sentry.dsn, var=tmp_path)
    nothing_slipped(sentry)
    (event,) = sentry.events()
    assert told(event) == ["KeyError", "ValueError"]
    assert {"view", "fails"} <= places(event)
    assert set(event["tags"]) == {"request"}


def test_of_tasks_that_fail_in_a_workers_processes(sentry: Receiver, tmp_path: Path) -> None:
    """A fork of the process that was told where to report to."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "tests.reports.failing", "worker", "--concurrency", "1"],
        cwd=ROOT, env=environment(sentry.dsn, tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    said = " ".join(SECRETS)
    called = f"task.delay({said!r}, person={said!r}); logs.delay({said!r})"
    calling = f"from tests.reports.failing import task, logs; {called}"
    try:
        ran("-c", calling, dsn=sentry.dsn, var=tmp_path)
        deadline = time.monotonic() + 60
        while len(sentry.bodies) < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
    finally:
        worker.terminate()
        _nothing, lines = worker.communicate(timeout=60)
    nothing_slipped(sentry)
    events = sentry.events()
    assert [told(event) for event in events] == [["KeyError", "ValueError"]] * 2, lines[-3000:]
    assert [event["tags"]["task"] for event in events] == ["tests.fails", "tests.logs"]
    assert events[1]["logger"] == "portal.test"


def test_without_an_address_nothing_of_it_is_loaded(sentry: Receiver, tmp_path: Path) -> None:
    loaded = "import sys; from tests.reports import failing; sys.exit('sentry_sdk' in sys.modules)"
    ran("-c", loaded, dsn="", var=tmp_path)
    ran("-m", "tests.reports.failing", dsn="", var=tmp_path)
    assert sentry.bodies == []


def test_what_is_no_address_stops_the_start_and_is_not_repeated(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT, env=environment("https://sentry.example/mein-schluessel", tmp_path), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "SENTRY_DSN is like https://KEY@sentry.example/7." in done.stderr
    assert "mein-schluessel" not in done.stderr.splitlines()[-1]
