"""What is asked of an installation whose roles are those of docker/roles.sh."""

import os

from tests.tenancy.rows_database import WEB, WORKER, database

TELL = """
from health import findings
print(*sorted(each.key for each in findings.for_operations()))
"""


def test_web_server_and_worker_ask_with_the_rights_that_they_have(postgresql: None) -> None:
    """A worker may not take a web server's role; it said every five minutes that nothing answers."""
    with database(os.environ["DATABASE_URL"]) as place:
        assert place.manage("migrate", "--verbosity", "0").returncode == 0
        for role in (WEB, WORKER):
            said = place.manage("doctor", role=role).stdout
            for line in ("The database answers.", "All migrations are applied.", "Letters: well.", "Mails: well."):
                assert f"[ok]     {line}" in said, said
        told = place.manage("shell", "--verbosity", "0", "--command", TELL, role=WORKER)
        assert told.stdout.split() == ["beat", "mailboxes", "worker"], told.stderr
