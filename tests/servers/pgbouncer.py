"""PgBouncer, as Debian packages it: many connections share few to PostgreSQL, each for one transaction."""

import os
import pwd
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from tests.servers.process import Server, find_program

PACKAGE = "pgbouncer"
ACCOUNT = "postgres"  # PgBouncer refuses to run as root

CONFIG = """\
[databases]
* = host={host} port={port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users.txt
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 100
"""


class PgBouncer(Server):
    """In transaction mode, before the one server of these URLs: whoever comes in as one of their roles shares
    `connections` of that role's."""

    name = "pgbouncer"
    not_yet = (psycopg2.OperationalError,)

    def __init__(self, root: Path, *urls: str, connections: int = 1) -> None:
        super().__init__(root)
        self.urls = urls
        self.connections = connections
        if os.geteuid() == 0:
            self.identity = ("--reuid", ACCOUNT, "--regid", ACCOUNT, "--init-groups")

    def through(self, url: str) -> str:
        """The same database and role, by way of PgBouncer."""
        parts = urlsplit(url)
        return urlunsplit(parts._replace(netloc=f"{parts.username}@127.0.0.1:{self.port}"))

    def prepare(self) -> Sequence[str]:
        program = find_program("pgbouncer", package=PACKAGE)
        config = self.folder / "pgbouncer.ini"
        users = self.folder / "users.txt"
        behind = [urlsplit(url) for url in self.urls]
        users.write_text("".join(f'"{each.username}" ""\n' for each in behind))
        config.write_text(
            CONFIG.format(
                host=behind[0].hostname,
                port=behind[0].port,
                listen=self.port,
                folder=self.folder,
                connections=self.connections,
            )
        )
        if self.identity:
            account = pwd.getpwnam(ACCOUNT)
            for path in (self.folder, config, users):
                os.chown(path, account.pw_uid, account.pw_gid)
        return [program, str(config)]

    def ask(self) -> None:
        psycopg2.connect(self.through(self.urls[0])).close()
