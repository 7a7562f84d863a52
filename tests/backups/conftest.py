import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backups.place import Place
from tests.faults.relay import Relay, relaying
from tests.tenancy.rows_database import migrated_database


@pytest.fixture
def relay(dovecot: None) -> Iterator[Relay]:
    with relaying() as found:
        yield found


@pytest.fixture
def place(
    postgresql: None, redis: None, swift: None, relay: Relay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """An installation with its roles, a bucket and a mail server, and where its backups and keys go."""
    monkeypatch.setenv("SMTP_URL", relay.url)
    monkeypatch.setenv("MAILBOX_URLS", relay.copies.url)
    monkeypatch.setenv("BACKUP_DIR", str(tmp_path / "backups"))
    monkeypatch.setenv("BACKUP_KEYS_DIR", str(tmp_path / "keys"))
    monkeypatch.setenv("BACKUP_PASSPHRASE", "yalniz-bu-deneme-icin")
    with migrated_database(os.environ["DATABASE_URL"]) as found:
        made = Place(found, tmp_path / "backups", tmp_path / "keys")
        made.does("forget")  # the bucket has seen other databases
        yield made
