"""All test servers together, and the environment in which the portal finds them."""

import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cryptography.fernet import Fernet

from tests.servers.dovecot import Dovecot
from tests.servers.postgres import Postgres
from tests.servers.redis import Redis
from tests.servers.swift import Swift, roomy_folder

TRACKING_USER = "takip"
COPY_USER = "kopya"


@contextmanager
def running() -> Iterator[Mapping[str, str]]:
    """Starts every server side by side, yields the portal's environment, stops and forgets everything.

    Raises ServerError, after stopping what had already come up.
    """
    with (
        tempfile.TemporaryDirectory(prefix="portal-tests-", dir=roomy_folder()) as name,
        ExitStack() as stack,
    ):
        root = Path(name)
        # The servers' own users (postgres, dovecot) must be able to pass through to their folders.
        root.chmod(0o711)
        swift, postgres, redis, dovecot = Swift(root), Postgres(root), Redis(root), Dovecot(root)
        servers = (swift, postgres, redis, dovecot)  # the slowest first
        for server in servers:
            stack.callback(server.stop)
            server.start()
        for server in servers:
            server.wait()
        yield environment(root, postgres=postgres, redis=redis, dovecot=dovecot, swift=swift)


def environment(
    root: Path, *, postgres: Postgres, redis: Redis, dovecot: Dovecot, swift: Swift
) -> Mapping[str, str]:
    """The portal's settings for these servers; in TEST_MAILDIR_ROOT a file becomes a letter in a mailbox."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "DEBUG": "false",
        "PORTAL_URL": "http://localhost:8000",
        "VAR_DIR": str(root / "var"),
        "DATABASE_URL": postgres.url,
        "BROKER_URL": redis.url(0),
        "CACHE_URL": redis.url(1),
        "MAIL_MODE": "sandbox",
        "MAILBOX_URLS": dovecot.url(TRACKING_USER),
        "TEST_MAILDIR_ROOT": str(dovecot.maildirs),
        "S3_ENDPOINT_URL": swift.url,
        "S3_BUCKET": swift.bucket,
        "S3_ACCESS_KEY": swift.access_key,
        "S3_SECRET_KEY": swift.secret_key,
        "S3_REGION": swift.region,
    }
