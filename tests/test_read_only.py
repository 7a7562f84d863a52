"""The commands of the containers, where nothing but /tmp and /dev/shm can be written and nobody is root.

This machine's root is made what `read_only` and `tmpfs` make of a container's, in a mount namespace of its own.
"""

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from launch.ports import free_port
from tests.scenarios.compose import rendered
from tests.tenancy.rows_database import WEB, WORKER, Database, migrated_database
from tests.test_compose_rendered import filled_example

ROOT = Path(__file__).parents[1]
PATIENCE = 180.0  # seconds
# As Docker mounts them.
MOUNTS = """
mount --make-rprivate / && mount -o remount,bind,ro / &&
mount -t tmpfs -o mode=1777,noexec,nosuid,nodev,size=1g tmpfs /tmp && exec "$@"
"""
NOBODY = ["setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", "--no-new-privs", "--bounding-set=-all"]


class Containers:
    def __init__(self, place: Database, var: Path) -> None:
        self.place, self.var = place, var
        self.running: list[subprocess.Popen[str]] = []
        self.log = var / "log"

    def run(self, command: list[str], role: str) -> subprocess.Popen[str]:
        # Whoever is root here steps down as the image does; whoever is not is root of nothing but these mounts.
        is_root = os.geteuid() == 0
        around = ["unshare", "--mount"] if is_root else ["unshare", "--map-root-user", "--mount"]
        as_whom = NOBODY if is_root else []
        environment = {name: value for name, value in os.environ.items() if name != "TMPDIR"} | {
            "DATABASE_URL": self.place.of(role),
            "VAR_DIR": str(self.var),
            "METRICS_DIR": "/tmp/metrics",
            "PYTHONDONTWRITEBYTECODE": "1",
            "DJANGO_SETTINGS_MODULE": "iysportal.settings",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        with self.log.open("a") as log:
            started = subprocess.Popen(
                [*around, "sh", "-c", MOUNTS, "sh", *as_whom, *command],
                cwd=ROOT,
                env=environment,
                text=True,
                stdout=log,
                stderr=log,
            )
        self.running.append(started)
        return started

    def did(self, *command: str, role: str = WORKER) -> bool:
        return self.run(list(command), role).wait(PATIENCE) == 0

    def stop(self) -> None:
        for each in self.running:
            each.terminate()
        for each in self.running:
            each.wait(60)


def is_seen(checkout: Path) -> bool:
    """Whether this checkout is there for the containers' user, and once another /tmp is mounted."""
    ways = [checkout, *checkout.parents]
    return Path("/tmp") not in ways and all(way.stat().st_mode & 0o005 == 0o005 for way in ways)


@pytest.fixture
def containers(postgresql: None, redis: None, swift: None) -> Iterator[Containers]:
    if not is_seen(ROOT):
        pytest.skip(f"{ROOT} is not seen by user 1000, or lies in /tmp: in the image it is /srv/portal")
    # Not in /tmp, which is another one there.
    with (
        tempfile.TemporaryDirectory(dir="/var/tmp") as var,
        migrated_database(os.environ["DATABASE_URL"]) as place,
    ):
        Path(var).chmod(0o777)
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
        subprocess.run(collect, cwd=ROOT, env={**os.environ, "VAR_DIR": var}, check=True)
        subprocess.run(["chmod", "-R", "a+rX", var], check=True)  # in the image its own user has made them
        found = Containers(place, Path(var))
        yield found
        found.stop()


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - of ours
            return bool(answer.status == 200)
    except OSError:
        return False


def test_web_worker_beat_and_listener_are_at_work(containers: Containers, tmp_path: Path) -> None:
    services = rendered(filled_example(tmp_path))
    assert services["web"]["tmpfs"] == ["/tmp:size=1g,mode=1777"], "as it is mounted above"
    said = re.search(r"^CMD (\[.*\])", (ROOT / "Dockerfile").read_text().replace("\\\n", ""), re.MULTILINE)
    assert said
    web = json.loads(said[1])
    port = free_port()
    web[web.index("0.0.0.0:8000")] = f"127.0.0.1:{port}"
    containers.run(web, WEB)
    for name in ("worker", "beat", "listener"):
        containers.run(shlex.split(services[name]["command"]), WORKER)
    url = f"http://localhost:{port}/hesap/login/"
    asked = {
        "web": partial(answers, url),
        # As their health checks ask.
        **{
            name: partial(containers.did, *services[name]["healthcheck"]["test"][1:])
            for name in ("worker", "beat", "listener")
        },
    }
    deadline = time.monotonic() + PATIENCE
    waiting = set(asked)
    while waiting:
        waiting = {name for name in waiting if not asked[name]()}
        assert not waiting or time.monotonic() < deadline, (waiting, containers.log.read_text()[-3000:])
        time.sleep(1)
    paper = (
        "import django; django.setup(); from documents.rendering import html_to_pdf; "
        "assert html_to_pdf('<p>İmza</p>')[:4] == b'%PDF'"
    )
    assert containers.did("python", "-c", paper), containers.log.read_text()[-3000:]
    assert "Read-only file system" not in containers.log.read_text()
    assert not containers.did("touch", str(containers.var / "written")), "it is as said"
    assert "Read-only file system" in containers.log.read_text()
