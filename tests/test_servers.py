"""The test servers themselves: each one answers, refuses what it must, and leaves nothing behind."""

import imaplib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import boto3
import psycopg2
import pytest
import redis
from botocore.exceptions import ClientError
from mypy_boto3_s3 import S3Client

from tests.servers.dovecot import Dovecot
from tests.servers.process import ServerError, find_program
from tests.servers.swift import folder

pytestmark = pytest.mark.usefixtures("postgresql", "redis", "dovecot", "swift")
LETTER = b"From: desk@iys.example\r\nTo: takip@portal.example\r\nSubject: onay\r\n\r\nMerhaba.\r\n"


def address(name: str) -> str:
    value = os.environ.get(name, "")
    assert value, f"{name} is not set: run the tests through `make test`, which starts the servers."
    return value


@contextmanager
def s3(secret_key: str) -> Iterator[S3Client]:
    client = boto3.client(
        "s3",
        endpoint_url=address("S3_ENDPOINT_URL"),
        aws_access_key_id=address("S3_ACCESS_KEY"),
        aws_secret_access_key=secret_key,
        region_name=address("S3_REGION"),
    )
    with closing(client):
        yield client


def test_postgres_answers() -> None:
    connection = psycopg2.connect(address("DATABASE_URL"))
    with connection, connection.cursor() as cursor:
        cursor.execute("select 'İı' || 1")
        assert cursor.fetchone() == ("İı1",)
    connection.close()


@pytest.mark.parametrize("variable", ["BROKER_URL", "CACHE_URL"])
def test_redis_answers(variable: str) -> None:
    with redis.Redis.from_url(address(variable)) as client:
        assert client.ping()


def test_broker_and_cache_share_no_redis_database() -> None:
    assert address("BROKER_URL") != address("CACHE_URL")


@pytest.fixture
def mailbox() -> Iterator[imaplib.IMAP4]:
    """A mailbox of this test's own, so that the portal's is left alone."""
    url = urlsplit(address("MAILBOX_URLS"))
    with imaplib.IMAP4(url.hostname or "", url.port or 0) as client:
        user = f"deneme-{uuid4().hex}"
        client.login(user, url.password or "")
        for folder in ("tmp", "new", "cur"):
            (Path(address("TEST_MAILDIR_ROOT")) / user / folder).mkdir(parents=True, exist_ok=True)
        private = Path(address("TEST_MAILDIR_ROOT")) / user / "new" / "1.letter"
        private.write_bytes(LETTER)
        private.chmod(0o600)
        yield client


def test_dovecot_serves_a_file_dropped_into_the_maildir(mailbox: imaplib.IMAP4) -> None:
    mailbox.select("INBOX")
    assert mailbox.search(None, "SUBJECT", "onay") == ("OK", [b"1"])
    _, parts = mailbox.fetch("1", "(BODY.PEEK[])")
    assert isinstance(parts[0], tuple)
    assert parts[0][1] == LETTER


def test_dovecot_takes_a_letter_by_append_and_forgets_it_on_expunge(mailbox: imaplib.IMAP4) -> None:
    assert mailbox.append("INBOX", "", "", LETTER)[0] == "OK"
    mailbox.select("INBOX")
    assert mailbox.search(None, "ALL") == ("OK", [b"1 2"])
    mailbox.store("1", "+FLAGS", r"\Deleted")
    mailbox.expunge()
    assert mailbox.search(None, "ALL") == ("OK", [b"1"])


def test_dovecot_refuses_a_wrong_password() -> None:
    url = urlsplit(address("MAILBOX_URLS"))
    with imaplib.IMAP4(url.hostname or "", url.port or 0) as client:
        with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
            client.login("takip", "yanlış".encode().hex())


def test_dovecot_lets_nobody_wait_for_the_wrong_passwords_of_others() -> None:
    """All tests come from one address: by itself it would hold up the next one for 8 seconds."""

    def logs_in(password: str) -> bool:
        with imaplib.IMAP4("127.0.0.1", server.port) as client:
            try:
                client.login("deneme", password)
            except imaplib.IMAP4.error:
                return False
            return True

    with folder() as place, Dovecot(place) as server, ThreadPoolExecutor(6) as beside:
        assert not any(beside.map(logs_in, [f"yanlis-{number}" for number in range(6)]))
        began = time.monotonic()
        assert logs_in(server.password)
        assert time.monotonic() - began < 5


def test_s3_gives_back_what_was_put() -> None:
    bucket, key = address("S3_BUCKET"), f"deneme/{uuid4()}.pdf"
    with s3(address("S3_SECRET_KEY")) as client:
        client.put_object(Bucket=bucket, Key=key, Body=b"%PDF-1.7")
        with client.get_object(Bucket=bucket, Key=key)["Body"] as body:
            assert body.read() == b"%PDF-1.7"
        client.delete_object(Bucket=bucket, Key=key)
        with pytest.raises(ClientError, match="NoSuchKey"):
            client.get_object(Bucket=bucket, Key=key)


def test_s3_refuses_a_wrong_key() -> None:
    with s3("yanlis") as client, pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        client.list_objects_v2(Bucket=address("S3_BUCKET"))


def test_a_missing_program_is_named_with_its_package() -> None:
    with pytest.raises(ServerError, match=r"nosuchserver is missing.*apt-get install its-package"):
        find_program("nosuchserver", package="its-package")


def test_a_server_that_does_not_come_up_shows_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.servers.dovecot.CONFIG", "nosuchsetting = {port}\n")
    with pytest.raises(ServerError, match=r"(?s)dovecot ended with status .*nosuchsetting"):
        Dovecot(tmp_path).__enter__()


def test_the_command_among_the_servers_decides_the_exit_status_and_nothing_stays() -> None:
    command = 'echo "$DATABASE_URL" "$TEST_MAILDIR_ROOT"; exit 7'
    ended = subprocess.run(
        [sys.executable, "-m", "tests.servers", "--", "sh", "-c", command],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 7, ended.stderr
    database, maildirs = ended.stdout.split()
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(database)
    assert not Path(maildirs).parents[1].exists()
