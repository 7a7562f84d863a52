"""Prometheus, as Debian packages it, with the portal's own configuration and rules."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from tests.servers.process import Server, find_program

OURS = Path(__file__).resolve().parents[2] / "deploy" / "prometheus"
# A look may wait 3 s for what is frozen, so what looks must be as patient.
EVERY, WINDOW, LONG_WINDOW, WAITS = "4s", "[12s]", "[20s]", "for: 2s"


class Prometheus(Server):
    """Asks the web server and the worker at these ports. Only addresses and times are others than in the files: it
    looks more often, windows are shorter, and no alert waits."""

    name = "prometheus"
    not_yet = (httpx.HTTPError,)

    def __init__(self, root: Path, *, web: int, worker: int, token: str) -> None:
        super().__init__(root)
        self._targets = {"web:8000": f"127.0.0.1:{web}", "web:9808": f"127.0.0.1:{worker}"}
        self._token = token

    @property
    def token_file(self) -> Path:
        return self.folder / "health_token"

    def prepare(self) -> Sequence[str]:
        self.token_file.write_text(self._token)
        written = (OURS / "prometheus.yml").read_text().replace("/etc/prometheus", str(self.folder))
        for theirs, ours in self._targets.items():
            written = written.replace(theirs, ours)
        written = re.sub(r"(scrape_interval|scrape_timeout): \d+s", rf"\1: {EVERY}", written)
        often = f"global: {{evaluation_interval: 1s, scrape_interval: {EVERY}, scrape_timeout: {EVERY}}}\n"
        (self.folder / "prometheus.yml").write_text(often + written)
        rules = (OURS / "alerts.yml").read_text().replace("[1h]", LONG_WINDOW)
        rules = re.sub(r"for: \d+[mh]", WAITS, re.sub(r"\[\d+m\]", WINDOW, rules))
        (self.folder / "alerts.yml").write_text(rules)
        program = find_program("prometheus", package="prometheus")
        return [
            program,
            f"--config.file={self.folder}/prometheus.yml",
            f"--storage.tsdb.path={self.folder}/data",
            f"--web.listen-address=127.0.0.1:{self.port}",
        ]

    def ask(self) -> None:
        httpx.get(f"http://127.0.0.1:{self.port}/-/ready").raise_for_status()

    def asked(self, path: str, **query: str) -> Any:
        answer = httpx.get(f"http://127.0.0.1:{self.port}/api/v1/{path}", params=query)
        return answer.raise_for_status().json()["data"]

    def knows(self, what: str) -> int:
        """Of how many it has a figure."""
        return len(self.asked("query", query=what)["result"])

    def firing(self) -> set[str]:
        """The names of the alerts that are on."""
        alerts = self.asked("alerts")["alerts"]
        return {each["labels"]["alertname"] for each in alerts if each["state"] == "firing"}
