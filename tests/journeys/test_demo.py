"""The embedded default: SQLite, the filesystem broker, a Maildir."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from launch.pictures import SCREENS, WIDTHS
from launch.stack import ROOT

SERVERS = ("DATABASE_URL", "BROKER_URL", "CACHE_URL", "MAILBOX_URLS", "S3_BUCKET", "SECRET_KEY", "FIELD_KEYS")


@pytest.mark.parametrize("channel", ["manual", "online"])
def test_the_demo_walks_one_company_through_all_six_steps(tmp_path: Path, channel: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in SERVERS}
    pictured = channel == "manual"
    if not pictured:  # as on a machine without a browser
        environment["PATH"] = str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "launch", "demo", "--channel", channel, "--out", str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("6/6")
    screens = {path.name for path in (tmp_path / "screens").glob("*.png")}
    assert {f"{name}-{width}.png" for name in (*SCREENS, "destek") for width in WIDTHS if pictured} == screens
    assert ("screenshots" in done.stdout) is pictured
    of_step_1 = {"manual": {"taahhutname.pdf", "kargo-etiketi.pdf"}, "online": {"taahhutname-e-imzali.pdf"}}
    assert {path.name for path in (tmp_path / "pdf").iterdir()} == {"atama-formu.pdf"} | of_step_1[channel]
    to_iys = {path.name.split("@")[0] for path in (tmp_path / "letters").glob("*@iys.org.tr-*.eml")}
    assert to_iys == {"onkayit", "satis", "isortagim"}
