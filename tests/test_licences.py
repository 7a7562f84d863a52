"""What the portal runs with may be used as it is used; and what is known to be weak is named."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# A package under several licences may be used under any one of them.
FREE = re.compile(
    r"MIT|BSD|Apache|ISC|MPL|Mozilla|LGPL|Lesser|PSF|Python Software|Unlicense|Zero|Public Domain|CC0|HPND"
)
ROW = re.compile(r"^\| ([\w.-]+) \| (\S+) \| (.+) \|$", re.MULTILINE)


def test_the_list_names_what_runs_and_no_licence_that_asks_to_publish_the_portal() -> None:
    rows = [row for row in ROW.findall((ROOT / "docs" / "licences.md").read_text()) if row[0] != "package"]
    pins = re.findall(
        r"^([\w.-]+)==(\S+?)(?: \\)?$", (ROOT / "requirements" / "run.txt").read_text(), re.MULTILINE
    )
    said = {(re.sub(r"[-_.]+", "-", name).lower(), version) for name, version, _licence in rows}
    assert said == {(name.lower(), version) for name, version in pins}, "run bin/licences"
    assert [row for row in rows if not FREE.search(row[2])] == []


class Advisories(BaseHTTPRequestHandler):
    """The database of weaknesses: it knows one package."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        weak = asked["package"]["name"] == "nh3"
        one = {
            "id": "PYSEC-2026-1",
            "affected": [{"package": {"name": "nh3", "ecosystem": "PyPI"}, "ranges": [
                {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "999.1"}]}]}],
        }  # fmt: skip
        answer = json.dumps({"vulns": [one]} if weak else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_said: object) -> None:
        """Says nothing into the tests' output."""


@pytest.fixture
def advisories() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Advisories)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/query"
    server.shutdown()
    thread.join()
    server.server_close()


def audit(url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "bin/audit", "--osv-url", url], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_package_with_a_known_weakness_fails_by_name(advisories: str) -> None:
    ended = audit(advisories)
    assert ended.returncode == 1, ended.stderr
    assert re.search(r"^nh3 \S+: PYSEC-2026-1, mended in 999\.1$", ended.stdout, re.MULTILINE)
    assert "1 weaknesses known" in ended.stdout


def test_a_database_that_cannot_be_reached_is_said_and_stops_nothing() -> None:
    ended = audit("http://127.0.0.1:9/query")
    assert ended.returncode == 0
    assert ended.stdout.startswith("Not audited")
