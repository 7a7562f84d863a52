"""PostgreSQL over TLS, by the address that docs/operations.md names: no other authority's server is spoken to."""

import os
import pwd
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import environ
import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from tests.correspondence.test_mailbox_tls import certificate
from tests.servers.postgres import ACCOUNT, Postgres
from tests.servers.process import started
from tests.servers.swift import folder

pytestmark = pytest.mark.django_db


class Encrypted(Postgres):
    def prepare(self) -> Sequence[str]:
        command = super().prepare()
        files = certificate(self.folder)
        for file in files:
            file.chmod(0o600)
            if self.identity:
                account = pwd.getpwnam(ACCOUNT)
                os.chown(file, account.pw_uid, account.pw_gid)
        names = zip(("ssl_cert_file", "ssl_key_file"), files, strict=True)
        return [*command, "-c", "ssl=on", *(part for name, file in names for part in ("-c", f"{name}={file}"))]

    @property
    def authority(self) -> Path:
        return self.folder / "certificate.pem"


@pytest.fixture
def server(postgresql: None) -> Iterator[Encrypted]:
    with folder() as root:
        found = Encrypted(root)
        with started(found):
            yield found


def asked(server: Postgres, authority: Path) -> list[tuple[object, ...]]:
    """Whether this very connection is encrypted."""
    url = f"{server.url}?sslmode=verify-full&sslrootcert={authority}"
    line = ConnectionHandler({"default": {**environ.Env.db_url_config(url), "TIME_ZONE": None}})["default"]
    try:
        with line.cursor() as cursor:
            cursor.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            found: list[tuple[object, ...]] = cursor.fetchall()
            return found
    finally:
        line.close()


def test_only_the_server_of_the_own_authority_is_spoken_to(server: Encrypted, tmp_path: Path) -> None:
    mine = tmp_path / "authority.pem"
    shutil.copy(server.authority, mine)
    assert asked(server, mine) == [(True,)]
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(OperationalError, match="certificate verify failed"):
        asked(server, certificate(other)[0])
    with pytest.raises(OperationalError, match="does not exist"):
        asked(server, tmp_path / "none.pem")
