"""Made, lost, restored: the same rows, files and keys, and no letter twice."""

from pathlib import Path

from tests.backups.place import Place
from tests.faults.relay import Relay


def test_all_is_lost_and_all_comes_back_and_nothing_is_sent_twice(
    place: Place, relay: Relay, tmp_path: Path
) -> None:
    place.does("fill")
    before = place.read()
    assert len(before["files"]) > 3
    said = place.did("backup")
    assert "Loaded and decrypted: rows of" in said
    # Letters go after the backup; then database and files are gone.
    earlier = len(relay.subjects)
    place.does("deliver", "tests.faults.restoring")
    sent = len(relay.subjects)
    assert sent - earlier == 5
    place.database.ask("DROP SCHEMA public CASCADE")
    place.database.ask("CREATE SCHEMA public AUTHORIZATION pg_database_owner")
    place.does("forget")

    said = place.restores()
    assert "All sending is stopped" in said
    after = place.read()
    assert after == before
    # A worker that starts at once sends nothing.
    place.does("deliver", "tests.faults.restoring")
    assert len(relay.subjects) == sent

    log = tmp_path / "mail.log"
    log.write_text("\n".join(relay.log))
    # One more waits that has not gone.
    assert "5 counted as sent, 1 held" in place.did("replay_after_restore", "--log", str(log))
    place.does("more", "tests.faults.restoring")
    place.did("resume_sending")
    place.does("deliver", "tests.faults.restoring")
    assert relay.subjects[sent:] == ["Geri yüklemeden sonra"]
    assert set(relay.arrived.values()) == {1}

    # What came back is an installation like any other: rights, policies, and its next backup.
    migrated = place.database.manage("migrate", "--check")
    assert migrated.returncode == 0, migrated.stderr
    told = place.database.ask("SELECT count(*) FROM tenancy_company", role="portal_web")
    assert told == [(0,)]
    place.did("backup")
    place.did("verify_backup")
