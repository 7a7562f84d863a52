"""The embedded default: SQLite, the filesystem broker, a Maildir."""

import os
import subprocess
import sys

from launch.stack import ROOT

SERVERS = ("DATABASE_URL", "BROKER_URL", "CACHE_URL", "MAILBOX_URLS", "S3_BUCKET", "SECRET_KEY", "FIELD_KEYS")


def test_the_demo_walks_one_company_through_all_six_steps() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in SERVERS}
    done = subprocess.run(
        [sys.executable, "-m", "launch", "demo"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("6/6")
    out = ROOT / "var" / "demo"
    assert {path.name for path in (out / "pdf").iterdir()} == {
        "taahhutname.pdf",
        "atama-formu.pdf",
        "kargo-etiketi.pdf",
    }
    to_iys = {path.name.split("@")[0] for path in (out / "letters").glob("*@iys.org.tr-*.eml")}
    assert to_iys == {"onkayit", "satis", "isortagim"}
