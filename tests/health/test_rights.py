"""What is asked of an installation whose roles are those of docker/roles.sh."""

import os

from tests.tenancy.rows_database import WEB, WORKER, migrated_database

TELL = """
from health import findings
print(*sorted(each.key for each in findings.for_operations()))
"""

NIGHT = """
from health import nightly
from health.models import Stuck
from telemetry.models import Pulse
nightly.run()
print(Pulse.objects.filter(name="night").count(), Stuck.objects.count())
"""


def test_web_server_and_worker_ask_with_the_rights_that_they_have(postgresql: None) -> None:
    """A worker may not take a web server's role; it said every five minutes that nothing answers."""
    with migrated_database(os.environ["DATABASE_URL"]) as place:
        for role in (WEB, WORKER):
            said = place.manage("doctor", role=role).stdout
            for line in ("The database answers.", "All migrations are applied.", "Letters: well.", "Mails: well."):
                assert f"[ok]     {line}" in said, said
        told = place.manage("shell", "--verbosity", "0", "--command", TELL, role=WORKER)
        looked = place.manage("shell", "--verbosity", "0", "--command", NIGHT, role=WORKER)
        assert looked.stdout.split() == ["1", "0"], looked.stderr
        assert told.stdout.split() == ["beat", "mailboxes", "worker"], told.stderr
