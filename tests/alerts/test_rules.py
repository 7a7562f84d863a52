"""Each alert comes of what its fault makes, after the time that it waits, and of nothing else (promtool)."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from correspondence.models import LetterStatus, MailStatus
from tests.alerts.cases import CASES, HEALTHY, Case
from tests.alerts.rules import FOLDER, ROOT, RULES, rules
from tests.servers.process import find_program

ALERTS = {rule["alert"]: rule for rule in rules()}
# Minutes at which nothing may be on; what is looked for in two and a half hours is on by the last.
QUIET = (1, 5, 12, 30, 60, 99)


def promtool(*arguments: str) -> None:
    program = find_program("promtool", package="prometheus")
    done = subprocess.run([program, *arguments], cwd=FOLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def asked(alert: str, minute: float, *on: dict[str, Any]) -> dict[str, Any]:
    return {"alertname": alert, "eval_time": f"{round(minute * 60)}s", "exp_alerts": list(on)}


def expected(case: Case) -> dict[str, Any]:
    rule = ALERTS[case.alert]
    summary = case.summary or rule["annotations"]["summary"]
    return {
        "exp_labels": {**case.labels, **rule["labels"]},
        "exp_annotations": {**rule["annotations"], "summary": summary},
    }


def tried(folder: Path, series: dict[str, str], *asked_for: dict[str, Any]) -> None:
    """JSON is YAML."""
    written = {
        "rule_files": [str(RULES)],
        "evaluation_interval": "30s",
        "tests": [
            {
                "interval": "30s",
                "input_series": [{"series": name, "values": values} for name, values in series.items()],
                "alert_rule_test": asked_for,
            }
        ],
    }
    (folder / "tried.yml").write_text(json.dumps(written))
    promtool("test", "rules", str(folder / "tried.yml"))


def test_rules_and_configuration_are_as_prometheus_takes_them(tmp_path: Path) -> None:
    promtool("check", "rules", str(RULES))
    # The file of the token must be there.
    (tmp_path / "health_token").write_text("x")
    (tmp_path / "alerts.yml").write_text(RULES.read_text())
    configuration = (FOLDER / "prometheus.yml").read_text().replace("/etc/prometheus", str(tmp_path))
    (tmp_path / "prometheus.yml").write_text(configuration)
    promtool("check", "config", str(tmp_path / "prometheus.yml"))


def test_statuses_that_the_pages_name_are_those_of_the_lists() -> None:
    pages = " ".join(page.read_text() for page in (ROOT / "docs" / "runbooks").glob("*.md"))
    found = re.findall(r"status “([^”]+)”(?: or “([^”]+)”)?", pages)
    assert {"Gönderilemedi", "Beklemede"} <= {each for pair in found for each in pair}
    assert {each for pair in found for each in pair if each} <= {*LetterStatus.labels, *MailStatus.labels}


def test_each_alert_has_a_case() -> None:
    assert {case.alert for case in CASES} == set(ALERTS)


def test_nothing_is_on_while_all_is_well(tmp_path: Path) -> None:
    tried(tmp_path, HEALTHY, *(asked(alert, minute) for alert in ALERTS for minute in QUIET))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.alert}-{len(case.wrong)}")
def test_it_comes_of_its_fault_and_no_other_does(case: Case, tmp_path: Path) -> None:
    others = [alert for alert in ALERTS if alert != case.alert]
    tried(
        tmp_path,
        {**HEALTHY, **case.wrong},
        asked(case.alert, case.fires - 0.5),
        asked(case.alert, case.fires, expected(case)),
        *(asked(alert, minute) for alert in others for minute in (case.fires, 99)),
    )
