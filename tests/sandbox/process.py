"""The sandbox as a process: started, talked to over SMTP and HTTP, its mailbox looked into."""

import smtplib
import subprocess
import sys
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import httpx

from correspondence.reading.classification import read
from correspondence.reading.kinds import Kind
from correspondence.reading.parsing import content, envelope
from launch.stack import ROOT, Ports

PATIENCE = 60.0  # seconds until it has started, done what is waited for, or ended
TRACKING = "t-" + "a" * 20 + "@takip.portal.example"


class Sandbox:
    def __init__(self, root: Path, ports: Ports) -> None:
        self.root, self.ports = root, ports
        self.trust_dir = root / "sender_authentication"
        self.web = f"http://localhost:{ports.sandbox}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = ["--smtp-port", str(self.ports.smtp), "--http-port", str(self.ports.sandbox)]
        words += ["--root", str(self.root), "--tracking-maildir", str(self.root / "tracking")]
        words += ["--trust-dir", str(self.trust_dir)]
        self.process = subprocess.Popen([sys.executable, "-m", "sandbox", *words], cwd=ROOT)
        self.until(self._healthy)

    def stop(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(PATIENCE)

    def _healthy(self) -> bool:
        try:
            return httpx.get(f"{self.web}/healthz").status_code == 200
        except httpx.HTTPError:
            return False

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, "the sandbox did not do what was waited for"
            time.sleep(0.1)

    def send(self, to: str, text: str, number: int = 1, **more: str | bytes) -> None:
        message = EmailMessage()
        message["From"] = str(more.get("sender", f"Mavi Deniz <{TRACKING}>"))
        message["To"] = to
        message["Reply-To"] = TRACKING
        message["Subject"] = "Mavi Deniz – mektup"
        message["Message-ID"] = f"<{number}@takip.portal.example>"
        if "claim" in more:
            message["Authentication-Results"] = str(more["claim"])
        message.set_content(text)
        if isinstance(pdf := more.get("pdf"), bytes):
            message.add_attachment(pdf, maintype="application", subtype="pdf", filename="form.pdf")
        with smtplib.SMTP("127.0.0.1", self.ports.smtp) as line:
            line.send_message(message, from_addr=str(more.get("envelope_sender", TRACKING)))

    def behave(self, **values: object) -> None:
        assert httpx.post(f"{self.web}/api/behaviour", json=values).status_code == 200

    def raws(self) -> list[bytes]:
        """What lies in the portal's mailbox, oldest first."""
        files = sorted((self.root / "tracking" / "new").iterdir(), key=lambda file: file.stat().st_mtime_ns)
        return [file.read_bytes() for file in files]

    def press(self, button: str, **more: str) -> None:
        """On the desk's page, at the newest letter."""
        case = httpx.get(f"{self.web}/").text.split("/yanit/")[1].split('"')[0]
        httpx.post(f"{self.web}/yanit/{case}", data={"name": button, **more})

    def kinds(self) -> list[Kind]:
        return [read(envelope(raw), content(raw)).kind for raw in self.raws()]

    def says(self, *kinds: Kind) -> None:
        self.until(lambda: self.kinds() == list(kinds))
