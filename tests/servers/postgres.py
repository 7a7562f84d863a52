"""PostgreSQL, as Debian packages it."""

import os
import pwd
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

import psycopg2

from tests.servers.process import Server, ServerError, find_program

PACKAGE = "postgresql"
ROLE = "portal"
ACCOUNT = "postgres"  # the system user that the Debian package creates


def program(name: str) -> str:
    """The path of one of the server's programs, or of its clients'."""
    # Debian keeps the server's programs out of PATH, a folder per major version; the newest comes first here.
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    return find_program(name, package=PACKAGE, folders=versions)


class Postgres(Server):
    """A cluster with one database, role `portal` without a password, nothing synced to disk."""

    name = "postgres"
    not_yet = (psycopg2.OperationalError,)
    stop_signal = signal.SIGINT  # "fast shutdown"; SIGTERM would wait for clients to leave

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            self.identity = ("--reuid", ACCOUNT, "--regid", ACCOUNT, "--init-groups")

    @property
    def url(self) -> str:
        return f"postgres://{ROLE}@127.0.0.1:{self.port}/postgres"

    def prepare(self) -> Sequence[str]:
        data = self.folder / "data"
        initdb, server = program("initdb"), program("postgres")
        if self.identity:
            account = pwd.getpwnam(ACCOUNT)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        options = [f"--pgdata={data}", f"--username={ROLE}", "--auth=trust", "--no-sync"]
        options += ["--encoding=UTF8", "--locale=C.UTF-8"]
        made = subprocess.run(
            ["setpriv", *self.identity, "--", initdb, *options],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise ServerError(f"initdb failed.\n{made.stdout}{made.stderr}")
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.folder),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            # As in a database that was migrated (health/planning.py): the copies that tests get take it from here.
            "jit": "off",
        }
        flags = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return [server, "-D", str(data), "-p", str(self.port), *flags]

    def ask(self) -> None:
        psycopg2.connect(self.url).close()
