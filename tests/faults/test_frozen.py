"""A server that stands still stops nothing else: codes go out, papers are made, pages answer, no bells pile up.

Each is a real one that is frozen (SIGSTOP): it takes lines and says nothing, which is worse than being away.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import redis

from tests.faults.watched import Watched, frozen
from tests.faults.world import ROOT, until
from tests.scenarios.browser import Screen
from tests.servers import migrated
from tests.servers.dovecot import Dovecot
from tests.servers.swift import REGION, Swift, client, roomy_folder

STILL = 40.0  # seconds; longer than any of the portal's own patiences with one server
SOON = 12.0  # seconds until what hangs on no frozen server is done; on a calm machine 5
PAPER_SOON = 30.0  # on a calm machine 15
PAUSE = 3.0  # seconds: who signs up more often from one address is told to wait
WAITING_BELLS = 12  # of all queues, as soon as what was frozen is back
BOX = "takip"
LIVED_ON = ("/basvuru/", "/basvuru/adim/1/", "/basvuru/belgeler/", "/basvuru/yazismalar/", "/hesap/", "/yardim/")
PASSWORD = "kuzey-1-isigi"


class FrozenWorld(Watched):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.dovecot, self.swift = Dovecot(folder), Swift(folder)
        self.companies: list[dict[str, str]] = []

    @property
    def environment(self) -> dict[str, str]:
        return {
            **(known := super().environment),
            "QUOTAS": f"{known['QUOTAS']},sign_ups.address.minute=1000,sign_ups.address.hour=1000",
            "PORTAL_URL": self.base,
            "MAILBOX_URLS": self.dovecot.url(BOX),
            "S3_BUCKET": "portal-files",
            "S3_ENDPOINT_URL": self.swift.url,
            "S3_REGION": REGION,
            "S3_ACCESS_KEY": self.swift.access_key,
            "S3_SECRET_KEY": self.swift.secret_key,
        }

    @property
    def base(self) -> str:
        return f"http://localhost:{self.port}"

    def found(self, count: int) -> None:
        client(self.swift.url, self.swift.access_key, self.swift.secret_key).create_bucket(Bucket="portal-files")
        self._ran("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        self.companies = json.loads(self._ran("-m", "tests.faults.standing", str(count)).splitlines()[-1])

    def _ran(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def browser(self, **cookies: str) -> httpx.Client:
        return httpx.Client(base_url=self.base, cookies=cookies, timeout=60, follow_redirects=True)

    def log(self) -> str:
        """What went wrong in the processes, for who reads a failure."""
        return "".join(self.logged.read_text().splitlines(keepends=True)[-60:])

    def waiting_bells(self) -> int:
        line: Any = redis.Redis.from_url(self.redis.url(0))
        return sum(int(line.llen(key)) for key in line.keys("*") if line.type(key) == b"list")


@pytest.fixture(scope="module")
def world(dovecot: None, swift: None) -> Iterator[FrozenWorld]:
    with tempfile.TemporaryDirectory(prefix="portal-frozen-", dir=roomy_folder()) as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o711)
        world = FrozenWorld(folder)
        for server in (world.postgres, world.redis, world.dovecot, world.swift):
            stack.enter_context(server)
        migrated.onto(world.postgres.url)
        world.found(3)
        world.sink.start()
        stack.callback(world.sink.stop)
        stack.enter_context(world.web())
        stack.enter_context(world.worker())
        until(lambda: world.said() == {"state": "ready"}, "all are at work")
        yield world


def asks_for_a_code(world: FrozenWorld, visitor: httpx.Client) -> None:
    door = "/hesap/signup/"
    form = Screen(visitor.get(door)).fields
    form |= {"full_name": "Ada Yalın", "email": f"ada-{uuid4().hex}@yeni.example", "password1": PASSWORD}
    answer = visitor.post(door, data=form, headers={"Referer": world.base + door})
    assert (answer.status_code, "adresine bir doğrulama kodu gönderiyoruz" in answer.text) == (200, True), (
        world.log()
    )


def signs_up(world: FrozenWorld) -> float:
    """Somebody asks for a code; returns the seconds until the mail server has it."""
    before = world.sink.arrived.total()
    began = time.monotonic()
    with world.browser() as visitor:
        asks_for_a_code(world, visitor)
    until(lambda: world.sink.arrived.total() > before, "the code is on its way")
    return time.monotonic() - began


def makes_paper(world: FrozenWorld, company: dict[str, str]) -> float:
    """A company asks for its undertaking; returns the seconds until it is there."""
    began = time.monotonic()
    with world.browser(sessionid=company["session"]) as member:
        until(lambda: is_pdf(member.get("/basvuru/belgeler/hazirla/undertaking_blank/")), "the paper is there")
    return time.monotonic() - began


def is_pdf(answer: httpx.Response) -> bool:
    assert answer.status_code in (200, 202)
    return answer.headers["Content-Type"] == "application/pdf"


def while_still(act: Callable[[], float]) -> list[float]:
    """Does it again and again for as long as a server stands still; returns how many seconds each took."""
    end = time.monotonic() + STILL
    took = []
    while time.monotonic() < end:
        took.append(act())
        time.sleep(PAUSE)
    print("seconds:", [round(each, 1) for each in took])
    return took


def pages(world: FrozenWorld, company: dict[str, str]) -> float:
    """The pages that a company lives on; returns how long the slowest took."""
    slowest = 0.0
    with world.browser(sessionid=company["session"]) as member:
        for path in LIVED_ON:
            began = time.monotonic()
            answer = member.get(path)
            slowest = max(slowest, time.monotonic() - began)
            assert answer.status_code == 200, f"{path}: {answer.status_code}\n{world.log()}"
    return slowest


def nothing_piled_up(world: FrozenWorld) -> None:
    assert world.waiting_bells() <= WAITING_BELLS
    until(lambda: world.said() == {"state": "ready"}, "all are well again")


def test_a_frozen_mailbox(world: FrozenWorld) -> None:
    with frozen(world.dovecot):
        assert max(while_still(lambda: signs_up(world))) < SOON
        assert makes_paper(world, world.companies[0]) < PAPER_SOON
        assert pages(world, world.companies[0]) < SOON
    nothing_piled_up(world)


def test_a_frozen_mail_server(world: FrozenWorld) -> None:
    before = world.sink.arrived.total()
    with world.sink.frozen():
        with world.browser() as visitor:
            asks_for_a_code(world, visitor)
        end = time.monotonic() + STILL
        assert makes_paper(world, world.companies[1]) < PAPER_SOON
        assert max(while_still(lambda: pages(world, world.companies[1]))) < SOON
        assert time.monotonic() > end
    until(lambda: world.sink.arrived.total() > before, "the code goes, once")
    nothing_piled_up(world)
    assert set(world.sink.arrived.values()) == {1}


def test_a_frozen_store(world: FrozenWorld) -> None:
    """What hangs on files says so; everything else goes on, codes too."""
    company = world.companies[2]
    with frozen(world.swift):
        with world.browser(sessionid=company["session"]) as member:
            for _time in range(3):
                answer = member.get(company["document"])
                assert (answer.status_code, "şu anda ulaşılamıyor" in answer.text) == (503, True), world.log()
        assert max(while_still(lambda: signs_up(world))) < SOON
        assert pages(world, company) < SOON
    with world.browser(sessionid=company["session"]) as member:
        until(lambda: member.get(company["document"]).status_code == 200, "the document is there again")
    nothing_piled_up(world)


def test_a_frozen_redis(world: FrozenWorld) -> None:
    """Nobody can be told to send a code; who asks for one is held up by nothing, and gets it afterwards."""
    before = world.sink.arrived.total()
    with frozen(world.redis), world.browser() as visitor:
        began = time.monotonic()
        asks_for_a_code(world, visitor)
        print("sign-up with a frozen Redis:", round(time.monotonic() - began, 1))
        assert time.monotonic() - began < SOON
        assert max(while_still(lambda: pages(world, world.companies[0]))) < SOON
    until(lambda: world.sink.arrived.total() > before, "the code goes")
    nothing_piled_up(world)


def test_a_frozen_database(world: FrozenWorld) -> None:
    with frozen(world.postgres):
        time.sleep(STILL)
    until(lambda: world.get("/readyz").status_code == 200, "it answers again")
    assert pages(world, world.companies[0]) < SOON
    assert signs_up(world) < PAPER_SOON
    nothing_piled_up(world)
