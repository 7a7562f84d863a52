"""docs/first-hour.md followed as it stands: its commands are run, and what it names is pressed.

No engine of containers runs here. What `docker-compose up` would start is started as processes, with the commands
and the environment that docker-compose renders, and with the suite's servers in place of its own.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.management.utils import get_random_secret_key

from documents.models import LegalKind
from launch.stack import ROOT, Ports, Stack
from tests.journeys.journey import Journey
from tests.journeys.stage import Watched, chromium, own_environment, own_maildir, static_files
from tests.scenarios.compose import Services, rendered
from tests.tenancy.rows_database import Database, database

PAGE = (ROOT / "docs" / "first-hour.md").read_text()
BLOCKS = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
SECRETS, START, FIRST_STAFF, AGAIN, LIVE = BLOCKS
IN_WORKER = "docker-compose exec worker python "
PASSWORD = get_random_secret_key()
(ADDRESS,) = re.findall(r"first_staff (\S+)", FIRST_STAFF)
PARTNER = {
    "name": "Kıyı İletişim",
    "legal_name": "Kıyı İletişim Hizmetleri A.Ş.",
    "copy_address": "iys@kiyi.example",
    "support_email": "destek@kiyi.example",
    "support_phone": "0850 555 01 01",
}


class Hour:
    """The machine on which somebody follows the page."""

    def __init__(self, place: Database, services: Services, var: Path) -> None:
        self.place, self.services = place, services
        servers = own_environment()
        here = {name: servers[name] for name in ("BROKER_URL", "CACHE_URL", "S3_BUCKET", "MAILBOX_URLS")}
        here |= {name: os.environ[name] for name in ("S3_ENDPOINT_URL", "S3_ACCESS_KEY", "S3_SECRET_KEY")}
        here |= {"TRUST_DIR": str(var / "trust")}
        # Their addresses are those of the sandbox, which has other ports here.
        asked = {
            name: value for name, value in self.of("worker").items() if not name.startswith(("SMS", "REGISTRY"))
        }
        self.stack = Stack(
            var,
            Ports.free(),
            {**asked, **here},
            tracking_maildir=own_maildir(),
            own={"web": {"DATABASE_URL": self.of("web")["DATABASE_URL"]}},
        )

    def of(self, service: str) -> Mapping[str, str]:
        """What the service finds in its environment, with the database at the test's address."""
        environment = {name: str(value) for name, value in self.services[service]["environment"].items()}
        there, here = urlsplit(environment["DATABASE_URL"]), urlsplit(self.place.url)
        netloc = f"{there.username}:{there.password}@{here.hostname}:{here.port}"
        return {**environment, "DATABASE_URL": urlunsplit(there._replace(netloc=netloc, path=here.path))}

    def up(self) -> None:
        """What comes before web and worker."""
        for service in ("migrate", "bucket"):
            own = {"DATABASE_URL": self.of(service)["DATABASE_URL"], "S3_REGION": "us-east-1"}
            self.run(self.services[service]["command"], own)

    def run(self, command: str, own: Mapping[str, str]) -> None:
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        environment = {**self.stack.environment(), **own, "PATH": path}
        done = subprocess.run(["sh", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def worker(self, block: str) -> tuple[int, str]:
        """The command of this block for the worker's container: its status, and all that it said."""
        (line,) = [line for line in block.splitlines() if line.startswith(IN_WORKER)]
        words = [sys.executable, *shlex.split(line.removeprefix(IN_WORKER))]
        done = subprocess.run(words, cwd=ROOT, env=self.stack.environment(), capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def hour(tmp_path: Path) -> Iterator[Hour]:
    example = tmp_path / ".env.example"
    example.write_text((ROOT / ".env.example").read_text())
    filled = [_filled(tmp_path), _filled(tmp_path)]
    assert filled[0] == filled[1], "a second run would make the first one's data unreadable"
    with database(os.environ["DATABASE_URL"]) as place:
        yield Hour(place, rendered(tmp_path / ".env"), tmp_path / "var")


def _filled(folder: Path) -> str:
    """What stands in .env after the first block, which only its owner may read."""
    subprocess.run(["sh", "-eu", "-c", SECRETS], cwd=folder, check=True)
    made = folder / ".env"
    assert made.stat().st_mode & 0o777 == 0o600
    return made.read_text()


def test_from_nothing_to_the_first_company(hour: Hour, tmp_path: Path) -> None:
    assert START.startswith("docker-compose up")
    with static_files(hour.stack.var):
        hour.up()
        hour.stack.manage("collectstatic", "--noinput")
    with hour.stack, chromium() as launched:
        ops, owner = Watched(launched, hour.stack.portal_url), Watched(launched, hour.stack.portal_url, width=390)
        status, said = hour.worker(START)
        assert (status, "manage.py first_staff E-MAIL" in said) == (1, True), said

        status, said = hour.worker(FIRST_STAFF)
        assert status == 0, said
        ops.follow(said.splitlines()[-1].removeprefix(hour.stack.portal_url))
        ops.fill(password1=PASSWORD, password2=PASSWORD)
        ops.press("Şifreyi kaydet")
        ops.open("/hesap/login/")
        ops.fill(login=ADDRESS, password=PASSWORD)
        ops.press("Giriş yap")

        add(ops, "İş ortakları", "partners/partner", "is_default", **PARTNER)
        for kind in LegalKind:
            text = {"kind": str(kind), "version": "1", "title": kind.label, "body": "Deneme metni."}
            add(ops, "Hukuki metinler", "documents/legaltext", "is_sample", valid_from="01.01.2026", **text)

        Journey(hour.stack, owner, ops, tmp_path).sign_up()
        owner.says("Size uyan yolu bulalım")
        assert "Kıyı İletişim" in owner.page.inner_text("body")

        status, said = hour.worker(AGAIN)
        assert status == 0, said
        assert " 0 wrong," in said
        assert [*ops.complaints, *owner.complaints] == []


def add(ops: Watched, listed: str, path: str, box: str, **fields: str) -> None:
    """Adds a row in the administration, with one box ticked."""
    ops.open("/destek/")
    ops.page.get_by_role("link", name=listed, exact=True).first.wait_for()
    ops.open(f"/destek/{path}/add/")
    for field, value in fields.items():
        ops.write(ops.page.locator(f"[name={field}]"), value)
    ops.page.locator(f"[name={box}]").check()
    ops.press("Kaydet")
    said = ops.page.inner_text("main")
    assert "başarılı olarak eklendi" in said, said
