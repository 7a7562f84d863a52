"""What the portal writes on its machine is readable by its own user alone, whatever the user's umask was."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
WRITES = """
import os
os.umask(0o022)
os.environ["DJANGO_SETTINGS_MODULE"] = "iysportal.settings"
import django
django.setup()
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE written (x INTEGER)")
    cursor.execute("INSERT INTO written VALUES (1)")
cache.set("gizli", "deger")
storages["private"].save("documents/x/y", ContentFile(b"gizli"))
from correspondence.mailbox import open_mailbox
from django.conf import settings
open_mailbox(settings.MAILBOX_URLS[0])
from broker import ask
from jobs.tasks import deliver
ask(deliver)
"""


def test_what_is_written_is_for_its_own_user_alone(tmp_path: Path) -> None:
    var = tmp_path / "var"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.endswith(("_URL", "_URLS", "_BUCKET"))},
        "VAR_DIR": str(var),
        "SECRET_KEY": "x",
        "FIELD_KEYS": "A" * 43 + "=",
    }
    done = subprocess.run(
        [sys.executable, "-c", WRITES], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    written = [var, *var.rglob("*")]
    names = {str(each.relative_to(tmp_path)).split("/")[1] for each in written[1:]}
    assert {"db.sqlite3", "cache", "files", "broker"} <= names
    open_to_others = [str(each) for each in written if each.stat().st_mode & 0o077]
    assert open_to_others == []
