"""Servers that are kept between runs: each run has its own corner of them; a leftover is not mistaken for them."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

from launch.ports import free_port
from tests.servers import kept, migrated, stack
from tests.servers.lasting import Lasting
from tests.servers.process import Server, ServerError
from tests.servers.redis import Redis
from tests.servers.swift import client, folder

pytestmark = pytest.mark.usefixtures("postgresql", "swift")
KEEPER = "import sys, pathlib; from tests.servers.kept import keep; keep(pathlib.Path(sys.argv[1]))"


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("kept") / "test-servers.json"
    with kept.up(path):
        yield path


@pytest.fixture
def lasting(state: Path) -> Lasting:
    found = kept.found(state)
    assert found is not None
    return found


def databases(lasting: Lasting) -> set[str]:
    with closing(psycopg2.connect(lasting.database_url)) as line, line.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


def buckets(lasting: Lasting) -> set[str]:
    with closing(client(lasting.s3_url, lasting.s3_access_key, lasting.s3_secret_key)) as s3:
        return {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}


def test_two_runs_at_once_share_nothing_and_leave_nothing(lasting: Lasting) -> None:
    before = databases(lasting), buckets(lasting)
    with lasting.share() as one, lasting.share() as other:
        names = {urlsplit(run["DATABASE_URL"]).path[1:] for run in (one, other)}
        assert len(names) == 2
        assert databases(lasting) - before[0] == names
        assert buckets(lasting) - before[1] == {one["S3_BUCKET"], other["S3_BUCKET"]}
        with closing(psycopg2.connect(one["DATABASE_URL"])) as line, line.cursor() as cursor:
            line.autocommit = True
            # As Django names a database for tests.
            cursor.execute(f"CREATE DATABASE test_{urlsplit(one['DATABASE_URL']).path[1:]}_gw0")
        with closing(client(one["S3_ENDPOINT_URL"], one["S3_ACCESS_KEY"], one["S3_SECRET_KEY"])) as s3:
            s3.put_object(Bucket=one["S3_BUCKET"], Key="left/behind.pdf", Body=b"%PDF-1.7")
            assert s3.list_objects_v2(Bucket=other["S3_BUCKET"])["KeyCount"] == 0
    assert (databases(lasting), buckets(lasting)) == before


def test_two_runs_that_begin_at_once_apply_the_migrations_once(
    lasting: Lasting, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied = []

    def migrate(url: str) -> None:
        applied.append(url)
        time.sleep(0.3)

    monkeypatch.setattr(migrated, "_migrate", migrate)
    monkeypatch.setattr(migrated, "fingerprint", lambda: "of_this_test")
    with lasting.share() as one, lasting.share() as other, ThreadPoolExecutor() as pool:
        urls = [one["DATABASE_URL"], other["DATABASE_URL"]]
        assert list(pool.map(migrated.on_postgresql, urls)) == ["migrated_of_this_test"] * 2
    assert len(applied) == 1
    assert "migrated_of_this_test" in databases(lasting)


def test_nobody_keeps_a_second_set(state: Path) -> None:
    with pytest.raises(ServerError, match="are up already"), kept.up(state):
        pass
    assert kept.found(state) is not None


def test_a_copy_in_another_checkout_is_a_leftover(
    state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / state.name
    shutil.copy(state, copy)
    assert kept.found(copy) is None
    assert "test-servers.json speaks of are gone" in capsys.readouterr().err


def test_what_a_keeper_leaves_that_was_killed_hard_is_a_leftover(capsys: pytest.CaptureFixture[str]) -> None:
    with folder() as root:
        state = root / "var" / "test-servers.json"
        keeper = subprocess.Popen(
            [sys.executable, "-c", KEEPER, str(state)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "TMPDIR": str(root)},
        )
        assert keeper.stdout is not None
        assert [keeper.stdout.readline(), keeper.stdout.readline()][1].startswith("They are up")
        assert kept.found(state) is not None
        keeper.send_signal(signal.SIGKILL)
        keeper.communicate()
        assert kept.found(state) is None
        assert "are gone" in capsys.readouterr().err
        deadline = time.monotonic() + 60
        while list(root.glob("*/postgres/data/postmaster.pid")):
            assert time.monotonic() < deadline, "PostgreSQL outlives who started it."
            time.sleep(0.05)


def test_nothing_is_said_where_nobody_kept_any(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert kept.found(tmp_path / "test-servers.json") is None
    (tmp_path / "test-servers.json").touch()
    assert kept.found(tmp_path / "test-servers.json") is None
    assert capsys.readouterr().err == ""


def test_kept_servers_that_do_not_answer_are_not_used(
    lasting: Lasting, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = urlunsplit(urlsplit(lasting.database_url)._replace(netloc=f"portal@127.0.0.1:{free_port()}"))
    gone = Lasting(nowhere, lasting.s3_url, lasting.s3_access_key, lasting.s3_secret_key)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(kept, "found", lambda: gone)
    with stack.running() as environment, closing(psycopg2.connect(environment["DATABASE_URL"])):
        assert environment["S3_ENDPOINT_URL"] != lasting.s3_url
    assert "do not answer" in capsys.readouterr().err


@pytest.mark.parametrize(("value", "used"), [("true", False), ("", True)])
def test_what_is_accepted_is_tried_on_fresh_servers(
    lasting: Lasting, monkeypatch: pytest.MonkeyPatch, value: str, used: bool
) -> None:
    monkeypatch.setenv("CI", value)
    monkeypatch.setattr(kept, "found", lambda: lasting)
    with ExitStack() as opened:
        assert (stack.share_of_kept(opened) is not None) is used


def test_a_server_that_ends_by_itself_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def up(_state: Path) -> Iterator[Sequence[Server]]:
        with Redis(tmp_path) as redis:
            redis.stop()
            yield [redis]

    monkeypatch.setattr(kept, "up", up)
    with pytest.raises(ServerError, match="redis ended by itself"):
        kept.keep(tmp_path / "test-servers.json")
