"""What is no good backup is none, and what cannot be restored changes nothing."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.test import override_settings

from backups import database, files, folder, making, restoring, verifying
from backups.folder import DUMP, FILES, MANIFEST, BackupError
from telemetry.progress import unwatched
from tests.backups.place import Place
from tests.tenancy.rows_database import BACKUP, ROOT, WORKER

RESTORING = "tests.faults.restoring"


def files_of(found: Path) -> list[Path]:
    return sorted(each for each in (found / FILES).rglob("*") if each.is_file())


def look(found: Path) -> None:
    """As `verify_backup` does before it loads anything."""
    verifying.whole(found, folder.read(found, settings.FIELD_KEYS))
    files.check(found, unwatched)


def test_unchanged_files_take_their_room_once_and_old_backups_go(place: Place) -> None:
    place.does("post")
    said = place.did("backup")
    assert "The keys are copied to" in said
    first = place.newest()
    assert {each.stat().st_mode & 0o077 for each in (place.backups, first, place.keys)} == {0}
    fine, bad = files_of(first)[:2]
    rest = fine.stat().st_ino
    bad.write_bytes(b"damaged")
    with pytest.raises(BackupError, match="is damaged"):
        look(first)
    said = place.did("backup", BACKUP_KEEP="1")
    assert "The keys lie in" in said
    assert "1 older ones are gone" in said
    second = place.newest()
    assert not first.exists()
    look(second)
    assert (second / fine.relative_to(first)).stat().st_ino == rest, "it lies there once"
    assert (second / bad.relative_to(first)).read_bytes() != b"damaged", "it was fetched anew"
    assert place.database.ask("SELECT name FROM telemetry_pulse WHERE name = 'backup'") == [("backup",)]


def test_one_at_a_time_and_one_that_is_cut_short_is_none(place: Place) -> None:
    place.did("backup")
    one = place.left()
    with (place.backups / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BackupError, match="Another run is at work"), making.alone(place.backups):
            pass
    endings: list[tuple[signal.Signals, int, set[str]]] = [
        (signal.SIGINT, 130, set()),
        (signal.SIGKILL, -9, {".partial"}),
    ]
    for ending, status, leaves in endings:
        with waiting_run(place) as running:
            assert place.left() == one | {".partial"}
            running.send_signal(ending)
            assert running.wait(60) == status
        assert place.left() == one | leaves
    place.did("backup")
    assert len(place.left()) == 2
    rest = "SELECT count(*) FROM pg_database WHERE datname = current_database() || '_backup_check'"
    assert place.database.ask(rest) == [(0,)]


def test_a_vacuum_of_the_servers_own_does_not_keep_what_was_looked_at(place: Place) -> None:
    place.did("backup")
    own = place.database.of(BACKUP)
    with vacuuming_at_once(place), database.loaded_beside(own, place.newest() / DUMP) as parts:
        with closing(psycopg2.connect(**parts)) as line, line.cursor() as cursor:
            cursor.execute(SLOWLY_VACUUMED)
            line.commit()
        at_work = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'autovacuum worker'"
        ends = time.monotonic() + 60
        while place.database.ask(at_work, parts["dbname"]) == [(0,)]:
            assert time.monotonic() < ends
            time.sleep(0.1)
    assert place.database.ask("SELECT count(*) FROM pg_database WHERE datname = %s", parts["dbname"]) == [(0,)]


# A page costs a vacuum 0.1 s.
SLOWLY_VACUUMED = """
CREATE TABLE old (words text) WITH (
    autovacuum_vacuum_threshold = 1, autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1
);
INSERT INTO old SELECT repeat('x', 1000) FROM generate_series(1, 5000);
DELETE FROM old;
"""


@contextmanager
def vacuuming_at_once(place: Place) -> Iterator[None]:
    """A server that looks every second for what is to be vacuumed."""
    place.database.ask("ALTER SYSTEM SET autovacuum_naptime = '1s'")
    place.database.ask("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        place.database.ask("ALTER SYSTEM RESET autovacuum_naptime")
        place.database.ask("SELECT pg_reload_conf()")


@contextmanager
def waiting_run(place: Place) -> Iterator["subprocess.Popen[str]"]:
    """A run that waits for a table in the middle of its dump."""
    with closing(psycopg2.connect(place.database.url)) as line, line.cursor() as cursor:
        cursor.execute("LOCK TABLE telemetry_pulse IN ACCESS EXCLUSIVE MODE")
        environment = {
            **os.environ,
            "DATABASE_URL": place.database.of(WORKER),
            "BACKUP_DATABASE_URL": place.database.of(BACKUP),
        }
        # A shell that runs the tests in the background ignores SIGINT, and so would who is started here.
        command = ["env", "--default-signal=INT", sys.executable, "manage.py", "backup"]
        running = subprocess.Popen(command, cwd=ROOT, env=environment, text=True)
        while not (place.backups / ".partial" / DUMP).exists():
            assert running.poll() is None
            time.sleep(0.05)
        yield running


def test_what_was_changed_or_lacks_its_keys_is_refused(place: Place) -> None:
    place.does("post")
    place.did("backup")
    good = place.newest()
    look(good)

    def changed(name: str) -> Path:
        copy = place.backups / name
        shutil.copytree(good, copy)
        return copy

    dump = changed("dump")
    (dump / DUMP).write_bytes((good / DUMP).read_bytes()[:-10])
    manifest = changed("manifest")
    said = json.loads((manifest / MANIFEST).read_text())
    said["manifest"] = said["manifest"].replace('"gone": 0', '"gone": 7')
    (manifest / MANIFEST).write_text(json.dumps(said))
    gone = changed("gone")
    files_of(gone)[0].unlink()
    for found, why in (
        (dump, "is damaged"),
        (manifest, "was changed after the backup was made"),
        (gone, "is gone"),
        (place.backups / "none", "is no backup"),
    ):
        with pytest.raises(BackupError, match=why):
            look(found)
    others = {"FIELD_KEYS": Fernet.generate_key().decode()}
    refused = place.refused("restore_backup", good.name, "--replace", as_role="", **others)
    assert "needs keys that FIELD_KEYS has not" in refused
    assert letters(place) == 5


def test_keys_do_not_lie_beside_the_data(tmp_path: Path) -> None:
    data, apart = tmp_path / "data", tmp_path / "keys"
    for home, passphrase, why in (
        (data / "keys", "parola", "in one another"),
        (tmp_path, "parola", "in one another"),
        (apart, "", "BACKUP_PASSPHRASE is empty"),
    ):
        with override_settings(BACKUP_KEYS_DIR=str(home), BACKUP_PASSPHRASE=passphrase):
            with pytest.raises(BackupError, match=why):
                making.keep_keys(data)
    with override_settings(BACKUP_KEYS_DIR=str(apart), BACKUP_PASSPHRASE="parola"):
        assert "are copied to" in making.keep_keys(data)
        assert "already" in making.keep_keys(data)
    with override_settings(BACKUP_KEYS_DIR=str(apart), BACKUP_PASSPHRASE="baska"):
        with pytest.raises(BackupError, match="does not open"):
            making.keep_keys(data)
    with override_settings(BACKUP_KEYS_DIR="", BACKUP_PASSPHRASE=""):
        assert "Keep SECRET_KEY and FIELD_KEYS in another place" in making.keep_keys(data)


def letters(place: Place) -> int:
    found = place.database.ask("SELECT count(*) FROM correspondence_letter")[0][0]
    return int(found)


def test_who_is_about_to_go_is_waited_for(place: Place) -> None:
    leaving = psycopg2.connect(place.database.of(WORKER))
    soon = threading.Timer(1, leaving.close)
    soon.start()
    assert not database.is_used(place.database.url)
    soon.join()


def test_a_restore_that_cannot_be_whole_changes_nothing(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.does("post", RESTORING)
    place.did("backup")
    place.does("more", RESTORING)
    url = place.database.url

    def refused(why: str, *, as_whom: str = url, replace: bool = True) -> None:
        with pytest.raises(BackupError, match=why):
            restoring.restore(place.newest(), as_whom, unwatched, replace=replace)
        assert letters(place) == 6

    refused("--replace takes them away", replace=False)
    with closing(psycopg2.connect(place.database.of(WORKER))):
        refused("Somebody is connected")
    refused("psql failed", as_whom=place.database.of(BACKUP))
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        place.database.ask("UPDATE tenancy_company SET trade_name = ''", role=BACKUP)
    # pg_restore that ends in the middle of what it has to say.
    programs = tmp_path / "programs"
    programs.mkdir()
    real = shutil.which("pg_restore")
    (programs / "pg_restore").write_text(f'#!/bin/sh\n{real} "$@" | head -c 200000\nexit 1\n')
    (programs / "pg_restore").chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
        refused("pg_restore failed")
    restoring.restore(place.newest(), url, unwatched, replace=True)
    assert letters(place) == 5
    held = place.database.ask("SELECT reason FROM correspondence_sendinghold WHERE lifted_at IS NULL")
    assert "yedekten yüklenmiş" in held[0][0]


def test_what_else_lies_there_is_no_backup(tmp_path: Path) -> None:
    """Such as the lost+found of a disk, which user 1000 cannot even look into."""
    for name in ("lost+found", ".partial", "2026-11-28T021500Z", "2026-11-29T021500Z"):
        (tmp_path / name).mkdir()
        (tmp_path / name / MANIFEST).touch()
    (tmp_path / "2026-11-30T021500Z").mkdir()
    assert [each.name for each in folder.backups(tmp_path)] == ["2026-11-29T021500Z", "2026-11-28T021500Z"]
