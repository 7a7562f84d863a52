"""What the monitor is told, and that alerts, dashboard and runbooks speak of just that."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from prometheus_client.parser import text_string_to_metric_families

from health import metrics
from health.asking import Answer, Asking
from health.checks import Check
from health.metrics import Taken
from iysportal.celery import app
from telemetry import pulses, timings
from telemetry.models import Pulse
from tests.alerts.rules import rules
from tests.health.test_checks import letter, mail

ROOT = Path(__file__).resolve().parents[2]
RUNBOOKS = ROOT / "docs" / "runbooks"
TOKEN = "abcdefghijklmnop-0123456789"
NAMES = re.compile(r"\biysportal_\w+")
# Of PromQL what the files use; whatever else stands there is a slip of the pen.
PROMQL = {
    "up", "by", "le", "or", "and", "on", "unless", "ignoring", "absent", "min", "max", "sum", "rate", "delta",
    "increase", "topk", "histogram_quantile", "check", "kind", "state", "queue", "of", "what", "task", "view",
    "status", "outcome", "job",
}  # fmt: skip


def told(body: bytes) -> dict[str, dict[tuple[str, ...], float]]:
    """Every sample, by its name and the values of its labels."""
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(body.decode()):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same looks, in this thread: another one would not see what the test has written."""

    def answers(self: Asking) -> list[Answer]:
        return [Answer(each.check, each.check.ask(), 0.0) for each in self._asked]

    monkeypatch.setattr(Asking, "answers", answers)
    monkeypatch.setattr("health.outside.broker_lengths", lambda: {"celery": 3})


@pytest.fixture
def body(at_once: None, db: None) -> bytes:
    letter(1, late=timedelta(hours=1))
    letter(2, late=timedelta(hours=2), status="failed")
    mail(late=timedelta(hours=3), status="person")
    for name in (pulses.BEAT, pulses.WORKER):
        pulses.mark(name)
    pulses.keep_mailboxes(["imap:takip@posta.example"])
    # One of each that is measured while it happens.
    timings.observe(timings.LETTERS, 0.1, outcome="ok")
    timings.observe(timings.FETCHES, 0.1, outcome="ok")
    timings.observe(timings.TASKS, 0.1, task="jobs.tasks.fetch", outcome="failed")
    Client().get("/")
    with override_settings(HEALTH_TOKEN=TOKEN):
        answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, "text/plain")
    return answer.content


def test_what_waits_is_counted_over_all_companies(body: bytes) -> None:
    found = told(body)
    assert found["iysportal_letters"] == {("queued",): 1, ("sending",): 0, ("held",): 0, ("failed",): 1}
    assert found["iysportal_mails"][("person",)] == 1
    assert 3600 <= found["iysportal_waits_seconds"][("letter",)] < 3700
    assert found["iysportal_waits_seconds"][("mail",)] == 0
    assert 7200 <= found["iysportal_letters_oldest_seconds"][("failed",)] < 7300
    assert found["iysportal_broker_messages"] == {("celery",): 3}
    assert found["iysportal_check_ok"][("letters",)] == 0
    assert found["iysportal_check_ok"][("mails",)] == 1
    assert {"start", "2xx"} in [set(labels) for labels in found["iysportal_request_seconds_count"]]


def test_probes_are_no_pages(at_once: None, db: None) -> None:
    """A server that is not ready fails no page, and one that is asked every second is no faster for it."""
    before = told(timings.text()).get("iysportal_request_seconds_count")
    for path in ("/healthz", "/readyz", "/metrics"):
        Client().get(path)
    assert told(timings.text()).get("iysportal_request_seconds_count") == before


def test_nobody_is_named(body: bytes) -> None:
    assert b"posta.example" not in body
    assert b"health.example" not in body


@pytest.mark.django_db
@pytest.mark.usefixtures("at_once")
def test_a_pulse_from_the_future_looks_old_and_not_young() -> None:
    pulses.mark(pulses.BEAT)
    Pulse.objects.update(at=Pulse.objects.get().at + timedelta(hours=5))
    assert told(metrics.text())["iysportal_pulse_age_seconds"][("beat",)] == float("inf")


def test_what_did_not_answer_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """An old figure would look like a good one."""

    def away() -> Iterator[Any]:
        raise OSError("gizli")
        yield

    gone = Taken("figures of the database", away)
    well = Check("store", lambda: "")
    monkeypatch.setattr(metrics, "CHECKS", (well,))
    monkeypatch.setattr(metrics, "DATABASE", gone)
    monkeypatch.setattr(metrics, "ASKING", Asking((well, gone.check)))
    found = told(metrics.text())
    assert found["iysportal_check_ok"] == {("store",): 1}
    assert "iysportal_letters" not in found
    assert b"gizli" not in metrics.text()


def test_what_cannot_be_measured_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_values: str, **_labels: str) -> Any:
        raise OSError("No space left on device")

    monkeypatch.setattr(timings.TASKS, "labels", full)
    with timings.timed(timings.LETTERS) as said:
        said["outcome"] = "refused"
    timings.observe(timings.TASKS, 1.0, task="x", outcome="ok")


# Alerts, dashboard, runbooks.


def expressions() -> list[str]:
    panels = json.loads((ROOT / "deploy" / "grafana" / "portal.json").read_text())["panels"]
    return [rule["expr"] for rule in rules()] + [each["expr"] for panel in panels for each in panel["targets"]]


def test_whatever_they_name_is_measured(body: bytes) -> None:
    # Only PostgreSQL counts its connections.
    known = set(told(body)) | {"iysportal_database_connections"}
    assert len(expressions()) > 30
    assert {name for each in expressions() for name in NAMES.findall(each)} - known == set()


def test_whatever_is_measured_is_looked_at(body: bytes) -> None:
    """A figure that no panel and no alert shows is kept for nobody."""
    looked_at = " ".join(expressions())
    ours = {re.sub(r"_(bucket|count|sum|created)$", "", name) for name in told(body) if NAMES.fullmatch(name)}
    assert {name for name in ours if name not in looked_at} == set()


@pytest.mark.parametrize("expression", expressions())
def test_expressions_are_well_formed(expression: str) -> None:
    for opening, closing in ("()", "{}", "[]"):
        assert expression.count(opening) == expression.count(closing)
    words = set(re.findall(r"[A-Za-z_]\w*", re.sub(r'"[^"]*"|\[\d+[smhd]\]', "", expression)))
    assert {word for word in words if not NAMES.fullmatch(word)} - PROMQL == set()


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_each_alert_has_its_page(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in ("critical", "warning")
    assert re.fullmatch(r"\d+[mh]", rule["for"])
    page = (ROOT / rule["annotations"]["runbook"]).read_text()
    assert page.startswith(f"# {rule['alert']}\n")
    headings = ["What it means", "What companies notice", "What to look at", "What to do", "How it ends"]
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == headings


def test_each_page_has_its_alert() -> None:
    pages = {str(page.relative_to(ROOT)) for page in RUNBOOKS.glob("*.md")} - {"docs/runbooks/README.md"}
    assert pages == {rule["annotations"]["runbook"] for rule in rules()}
    listed = (RUNBOOKS / "README.md").read_text()
    assert all(f"({Path(page).name})" in listed for page in pages)


def test_a_task_that_fails_is_counted_as_one() -> None:
    task = app.tasks["jobs.tasks.pulse"]
    timings._begin(task_id="one")
    timings._end(task_id="one", task=task, state="FAILURE")
    counted = told(timings.text())["iysportal_task_seconds_count"]
    assert any({"jobs.tasks.pulse", "failed"} == set(labels) for labels in counted)
