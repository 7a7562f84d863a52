"""An installation whose backups are tried: its commands as they are given in its containers."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from backups.folder import backups
from tests.tenancy.rows_database import BACKUP, WORKER, Database


@dataclass(frozen=True)
class Place:
    database: Database
    backups: Path
    keys: Path

    def does(self, what: str, module: str = "tests.backups.backing") -> str:
        done = self.database.run("-m", module, what, url=self.database.of(WORKER))
        assert done.returncode == 0, done.stderr
        return done.stdout

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.does("read"))
        return found

    def gives(self, *command: str, as_role: str = BACKUP, **settings: str) -> subprocess.CompletedProcess[str]:
        """`as_role`: who logs in for the backup; empty, a superuser."""
        url = self.database.of(as_role) if as_role else self.database.url
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {"BACKUP_DATABASE_URL": url, **settings}.items():
                patch.setenv(name, value)
            return self.database.manage(*command, role=WORKER)

    def did(self, *command: str, **more: str) -> str:
        done = self.gives(*command, **more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *command: str, **more: str) -> str:
        done = self.gives(*command, **more)
        assert done.returncode == 1, done.stdout
        return done.stderr

    def restores(self, *options: str) -> str:
        return self.did("restore_backup", *options, as_role="")

    def newest(self) -> Path:
        return backups(self.backups)[0]

    def left(self) -> set[str]:
        return {each.name for each in self.backups.iterdir()} - {".lock"}
