"""The servers of one run of the tests, and the environment in which the portal finds them.

PostgreSQL and Swift take seconds to start, so runs may share kept ones, each with a database and a bucket
of its own. Redis and Dovecot start in a tenth of a second and are always one run's alone.
"""

import os
import secrets
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from cryptography.fernet import Fernet

from tests.servers import kept
from tests.servers.dovecot import Dovecot
from tests.servers.lasting import UNREACHABLE, Lasting, thrown_away
from tests.servers.process import started
from tests.servers.redis import Redis
from tests.servers.swift import folder

TRACKING_USER = "takip"
# All that says where a server is.
ADDRESSES = (
    "DATABASE_URL",
    "BROKER_URL",
    "CACHE_URL",
    "MAILBOX_URLS",
    "TEST_MAILDIR_ROOT",
    "S3_ENDPOINT_URL",
    "S3_BUCKET",
)


@contextmanager
def running() -> Iterator[Mapping[str, str]]:
    """Every server, and what a run left on them forgotten afterwards; yields the environment.

    Raises ServerError, after stopping what had already come up.
    """
    with ExitStack() as stack:
        share = share_of_kept(stack)
        if share is None:
            lasting, _servers = stack.enter_context(thrown_away())
            share = stack.enter_context(lasting.share())
        root = stack.enter_context(folder())
        redis, dovecot = Redis(root), Dovecot(root)
        stack.enter_context(started(redis, dovecot))
        yield {
            **_settings(f"{root}/var"),
            **share,
            "BROKER_URL": redis.url(0),
            "CACHE_URL": redis.url(1),
            "MAILBOX_URLS": dovecot.url(TRACKING_USER),
            # Here a file becomes a mail in a mailbox.
            "TEST_MAILDIR_ROOT": str(dovecot.maildirs),
        }


def share_of_kept(stack: ExitStack) -> Mapping[str, str] | None:
    # What is accepted into the code has to hold on servers that nobody has used before.
    lasting: Lasting | None = None if os.environ.get("CI") == "true" else kept.found()
    if lasting is None:
        return None
    try:
        return stack.enter_context(lasting.share())
    except UNREACHABLE as error:
        print(f"The kept test servers do not answer, others are started: {error}", file=sys.stderr)
        return None


@contextmanager
def none() -> Iterator[Mapping[str, str]]:
    """The environment for what needs no server: SQLite, and what a process keeps for itself."""
    with tempfile.TemporaryDirectory(prefix="portal-tests-") as root:
        yield {**_settings(f"{root}/var"), "CACHE_URL": "locmemcache://"}


def _settings(var: str) -> Mapping[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "DEBUG": "false",
        "PORTAL_URL": "http://localhost:8000",
        "VAR_DIR": var,
        "MAIL_MODE": "sandbox",
    }
