"""A wrong environment stops the start, in a process of its own, with the name of the variable."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
KEY = "A" * 43 + "="
# What `manage.py check` does, in copies of a process that has loaded Django, and nothing that asks for settings:
# loading it is most of what a start costs.
STARTER = """
import json, os, sys
import celery.app, django_stubs_ext, httpx
import django.contrib.admin
from django.conf import settings
from django.core.management import execute_from_command_line

assert not settings.configured
for line in sys.stdin:
    environment, out, err = json.loads(line)
    pid = os.fork()
    if not pid:
        os.environ.clear()
        os.environ.update(environment)
        for number, file in ((1, out), (2, err)):
            os.dup2(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), number)
        os.environ["DJANGO_SETTINGS_MODULE"] = "iysportal.settings"
        execute_from_command_line(["manage.py", "check"])
        sys.exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""
Start = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def starter() -> Iterator[subprocess.Popen[str]]:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", STARTER]
    found = subprocess.Popen(command, cwd=ROOT, env={}, text=True, stdin=pipe, stdout=pipe)
    yield found
    said, _nothing = found.communicate()
    assert said == ""


@pytest.fixture
def start(tmp_path: Path, starter: subprocess.Popen[str]) -> Start:
    """`manage.py check` with nothing but these variables; None leaves one of the needed two out."""

    def started(**variables: str | None) -> subprocess.CompletedProcess[str]:
        needed: dict[str, str | None] = {"SECRET_KEY": "yalnizca-bu-test-icin-" + "x" * 40, "FIELD_KEYS": KEY}
        environment = {**needed, "VAR_DIR": str(tmp_path), "PATH": os.environ["PATH"], **variables}
        given = {name: value for name, value in environment.items() if value is not None}
        out, err = tmp_path / "said", tmp_path / "complained"
        assert starter.stdin is not None
        assert starter.stdout is not None
        starter.stdin.write(json.dumps([given, str(out), str(err)]) + "\n")
        starter.stdin.flush()
        status = int(starter.stdout.readline())
        return subprocess.CompletedProcess(["manage.py", "check"], status, out.read_text(), err.read_text())

    return started


def complaint(ended: subprocess.CompletedProcess[str]) -> str:
    """The last line of what was said, after making sure that it was the end."""
    assert ended.returncode != 0, ended.stdout
    return ended.stderr.strip().splitlines()[-1]


def test_two_secrets_are_all_that_it_needs(start: Start) -> None:
    started = start()
    assert (started.returncode, started.stderr.count("Traceback")) == (0, 0)


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS"])
@pytest.mark.parametrize("value", [None, ""], ids=["missing", "empty"])
def test_a_missing_secret_is_named(start: Start, name: str, value: str | None) -> None:
    assert name in complaint(start(**{name: value}))


@pytest.mark.parametrize(
    "keys",
    ["kisa", KEY + ",bozuk", "A" * 44 + "=", "ğ" * 43 + "="],
    ids=["too short", "the second of two", "too long", "no Base64"],
)
def test_a_key_that_can_encrypt_nothing_is_refused_and_not_repeated(start: Start, keys: str) -> None:
    ended = start(FIELD_KEYS=keys)
    assert "FIELD_KEYS" in complaint(ended)
    assert keys not in ended.stderr


def test_several_keys_are_taken(start: Start) -> None:
    assert start(FIELD_KEYS=f"{KEY},{'B' * 42}A=").returncode == 0


@pytest.mark.parametrize("mode", ["Live", "production", ""])
def test_an_unknown_mail_mode_is_refused(start: Start, mode: str) -> None:
    said = complaint(start(MAIL_MODE=mode))
    assert said.endswith(f"MAIL_MODE is 'sandbox' or 'live', not {mode!r}.")


FOREIGN = [
    ("SMTP_URL", "smtp://mail.iys.org.tr:25", "mail.iys.org.tr"),
    ("SMTP_URL", "smtp+tls://portal:gizli@192.0.2.7:587", "192.0.2.7"),
    ("SMTP_URL", "smtp://localhost.example:25", "localhost.example"),
    ("MAILBOX_URLS", "imaps://takip:gizli@posta.kiyi.example/INBOX", "posta.kiyi.example"),
    ("MAILBOX_URLS", "maildir:///tmp/kutu,imap://takip:gizli@imap:143/INBOX", "imap"),
    ("SMS_URL", "https://sms.kiyi.example/gonder", "sms.kiyi.example"),
]


@pytest.mark.parametrize(("name", "url", "host"), FOREIGN)
def test_a_sandbox_refuses_the_hosts_of_the_world(start: Start, name: str, url: str, host: str) -> None:
    ended = start(**{name: url})
    assert f"{name} names the host {host!r}, but MAIL_MODE is 'sandbox'" in complaint(ended)
    assert "gizli" not in ended.stderr


def test_a_sandbox_takes_what_is_on_loopback(start: Start) -> None:
    loopback = start(
        SMTP_URL="smtp://[::1]:2525",
        MAILBOX_URLS="imap://takip:gizli@127.0.0.1:1143/INBOX,imap://kopya:gizli@localhost/INBOX",
        SMS_URL="http://127.0.0.2:8026/sms",
    )
    assert loopback.returncode == 0, loopback.stderr


def test_live_mode_takes_the_hosts_of_the_world(start: Start) -> None:
    live = start(MAIL_MODE="live", **{name: url for name, url, _host in FOREIGN})
    assert live.returncode == 0, live.stderr


@pytest.mark.parametrize("name", ["a" * 19, "iki kelime", "ad+ek", "ad@alan"])
def test_a_tracking_mailbox_that_makes_no_address_is_refused(start: Start, name: str) -> None:
    assert "TRACKING_MAILBOX" in complaint(start(TRACKING_MAILBOX=name))


def test_a_secret_may_lie_in_a_file(start: Start, tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("yalnizca-bu-test-icin-" + "x" * 40)
    assert start(SECRET_KEY=None, SECRET_KEY_FILE=str(secret)).returncode == 0
    missing = start(SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "yok"))
    assert "yok" in complaint(missing)


def test_a_portal_on_https_is_deployed_without_a_warning(tmp_path: Path) -> None:
    environment = {
        "SECRET_KEY": "".join(map(chr, range(48, 122))).replace("\\", "-"),
        "FIELD_KEYS": KEY,
        "VAR_DIR": str(tmp_path),
        "PORTAL_URL": "https://portal.example",
        "PATH": os.environ["PATH"],
    }
    checked = subprocess.run(
        [
            sys.executable,
            "manage.py",
            "check",
            "--deploy",
            "--tag",
            "security",
            "--tag",
            "caches",
            "--fail-level",
            "INFO",
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")
    names = subprocess.run(
        [
            sys.executable,
            "-c",
            "from iysportal import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)",
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert names.stdout.split() == ["__Host-sessionid", "__Host-csrftoken"]
