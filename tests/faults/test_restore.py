"""Backed up, lost, restored, nothing sent twice: real PostgreSQL with its roles, S3, IMAP and a mail server."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.faults.relay import Relay, relaying
from tests.tenancy.rows_database import WORKER, Database, migrated_database


@pytest.fixture
def relay(dovecot: None) -> Iterator[Relay]:
    with relaying() as found:
        yield found


@pytest.fixture
def place(relay: Relay, swift: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setenv("SMTP_URL", relay.url)
    monkeypatch.setenv("MAILBOX_URLS", relay.copies.url)
    with migrated_database(os.environ["DATABASE_URL"]) as found:
        does(found, "forget")  # the bucket has seen other databases
        yield found


def does(place: Database, what: str) -> str:
    done = place.run("-m", "tests.faults.restoring", what, url=place.of(WORKER))
    assert done.returncode == 0, done.stderr
    return done.stdout


def state(place: Database) -> dict[str, str]:
    found: dict[str, str] = json.loads(does(place, "state"))
    return found


def ran(place: Database, *command: str) -> str:
    done = place.manage(*command, role=WORKER)
    assert done.returncode == 0, done.stderr
    return done.stdout


def program(place: Database, name: str, *arguments: str) -> None:
    parts = urlsplit(place.url)
    where = ["--host", parts.hostname or "", "--port", str(parts.port), "--username", parts.username or ""]
    subprocess.run([name, *where, "--dbname", parts.path.lstrip("/"), *arguments], check=True)


def test_backed_up_lost_restored_and_nothing_sent_twice(place: Database, relay: Relay, tmp_path: Path) -> None:
    does(place, "post")
    dump, log = tmp_path / "portal.dump", tmp_path / "mail.log"
    program(place, "pg_dump", "--format=custom", f"--file={dump}")
    does(place, "deliver")
    assert len(relay.subjects) == 5
    program(place, "pg_restore", "--clean", "--if-exists", str(dump))
    assert set(state(place).values()) == {"queued"}, "all five would go again"

    # Whoever forgets to stop: a worker starts as soon as the database is there.
    does(place, "deliver")
    assert len(relay.subjects) == 5
    held = place.ask("SELECT reason FROM correspondence_sendinghold WHERE lifted_at IS NULL")
    assert "yedekten yüklenmiş" in held[0][0]

    # The log of the first letter to the company is there, that of the second is lost.
    log.write_text("\n".join(relay.log[:8]))
    said = ran(place, "replay_after_restore", "--dry-run", "--log", str(log))
    assert "4 would be counted as sent, 1 would be held for a person" in said
    assert set(state(place).values()) == {"queued"}
    assert "4 counted as sent, 1 held for a person" in ran(place, "replay_after_restore", "--log", str(log))
    assert "0 counted as sent, 0 held for a person" in ran(place, "replay_after_restore", "--log", str(log))

    does(place, "more")
    assert "1 letters go, 1 wait for a person" in ran(place, "resume_sending")
    does(place, "deliver")
    assert relay.subjects[5:] == ["Geri yüklemeden sonra"]
    assert set(relay.arrived.values()) == {1}
    assert state(place)["İkinci haber"] == "held"


def test_each_restore_is_noticed_though_the_file_store_was_put_back_too(
    place: Database, relay: Relay, tmp_path: Path
) -> None:
    """By PostgreSQL's own numbers alone: the store says nothing."""
    dump = tmp_path / "portal.dump"
    does(place, "more")
    does(place, "deliver")
    does(place, "post")
    program(place, "pg_dump", "--format=custom", f"--file={dump}")
    for _time in range(2):
        program(place, "pg_restore", "--clean", "--if-exists", str(dump))
        does(place, "forget")
        does(place, "deliver")
        assert relay.subjects == ["Geri yüklemeden sonra"]
        assert place.ask("SELECT count(*) FROM correspondence_sendinghold WHERE lifted_at IS NULL") == [(1,)]
    ran(place, "resume_sending")
    does(place, "deliver")
    assert len(relay.subjects) == 6
