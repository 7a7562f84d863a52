"""What surrounds every test. Nothing here skips when a server is missing."""

import gc
import os
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import override_settings
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from sandbox import authority as authorities
from tests.scenarios.camp import Camp
from tests.scenarios.climbs import climbs
from tests.servers import migrated
from tests.servers.committing import commits, first_rows
from tests.servers.redis import Own, own

KEYS = 16

pytest_plugins = ["tests.servers.needs"]

# No test asserts a time: on a busy machine one slow example would fail a property that holds.
hypothesis_settings.register_profile("portal", deadline=None)
hypothesis_settings.load_profile("portal")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """The database of the tests begins as a copy of one with all migrations applied."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated.on_postgresql(os.environ["DATABASE_URL"])
        yield
    else:
        with closing(migrated.in_memory("memorydb_default")):
            yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        first_rows.remember()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """A worker that takes over what another one has left goes on from these to tests that commit nothing."""
    torn_down = yield
    if commits(item) and nextitem is not None:
        with item.config.stash[blocking_manager_key].unblock():
            first_rows.put_back()
    return torn_down


@pytest.fixture(scope="session")
def all_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    # WhiteNoise warns of a folder that is not there, and a warning fails a test.
    (folder / "static").mkdir()
    return folder


@contextmanager
def _files_in(folder: Path) -> Iterator[None]:
    private = {
        "BACKEND": "documents.encrypted.EncryptedFiles",
        "OPTIONS": {"location": str(folder), "base_url": None, "allow_overwrite": True},
    }
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    cache = settings.CACHES["default"]
    # A test that empties it would empty the one of a worker beside it.
    alone = {"LOCATION": own(Own.CACHE)} if cache["BACKEND"].endswith("RedisCache") else {}
    with override_settings(
        STATIC_ROOT=folder.parent / "static",
        STORAGES={"default": private, "private": private, "staticfiles": static},
        # A room of its own for each test: nobody is throttled for what another one did.
        CACHES={"default": {**cache, **alone, "KEY_PREFIX": folder.name}},
        CELERY_BROKER_URL="memory://",
        # A password hash that is slow on purpose would take most of the suite's time.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _a_ring_of_keys() -> Iterator[None]:
    """Making an RSA key takes a quarter of what a test of signatures does. Sixteen go round: no test has as many
    certificates that have to differ.
    """
    fresh, ring, turns = authorities._key, list[RSAPrivateKey](), count()

    def key() -> RSAPrivateKey:
        if len(ring) < KEYS:
            ring.append(fresh())
        return ring[next(turns) % KEYS]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(authorities, "_key", key)
        yield


@pytest.fixture(scope="session")
def authority() -> authorities.Authority:
    return authorities.Authority.new()


@pytest.fixture(scope="session")
def trust(authority: authorities.Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal's folder of believed authorities, with this one in it. Nobody adds another."""
    folder = tmp_path_factory.mktemp("trust")
    (folder / "root.pem").write_bytes(authority.root.pem)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _keys_that_are_sound() -> Iterator[None]:
    """pyHanko loads the key anew for each signature, and looking whether it is sound takes longer than signing."""
    fresh = serialization.load_der_private_key

    @cache
    def loaded(data: bytes, password: bytes | None) -> PrivateKeyTypes:
        return fresh(data, password)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serialization, "load_der_private_key", loaded)
        yield


@pytest.fixture(autouse=True)
def own_files(request: pytest.FixtureRequest, all_files: Path) -> Iterator[None]:
    """Each test keeps its files in a folder of its own; tests of the S3 store choose their storage themselves."""
    folder = all_files / uuid4().hex
    if "camp" in request.fixturenames:
        request.getfixturevalue("camp").leave_files_in(folder)
    with _files_in(folder):
        climbs.begin(folder)
        yield
    if commits(request.node):
        climbs.forget()


@pytest.fixture(scope="module")
def camp(django_db_setup: None, django_db_blocker: DjangoDbBlocker, all_files: Path) -> Iterator[Camp]:
    """Where all tests of a module begin: they run inside one transaction, each in a savepoint of it."""
    folder = all_files / uuid4().hex
    with django_db_blocker.unblock(), transaction.atomic():
        yield Camp(folder, _files_in)
        transaction.set_rollback(True)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """All that is collected stays until the end; looking through it for rubbish took a quarter of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Rows of a camp are there for all tests of its module, so each has to ask for it: none hangs on its turn."""
    camping = {item.path for item in items if "camp" in getattr(item, "fixturenames", ())}
    for item in items:
        if item.path in camping and "camp" not in getattr(item, "fixturenames", ()):
            raise pytest.UsageError(f"{item.nodeid} runs where others camp and does not ask for it.")
