"""What surrounds every test. Nothing here skips when a server is missing."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import override_settings
from hypothesis import settings as hypothesis_settings

from tests.servers import migrated

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
def all_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    # WhiteNoise warns of a folder that is not there, and a warning fails a test.
    (folder / "static").mkdir()
    return folder


@pytest.fixture(autouse=True)
def own_files(all_files: Path) -> Iterator[None]:
    """Each test keeps its files in a folder of its own; tests of the S3 store choose their storage themselves."""
    name = uuid4().hex
    private = {
        "BACKEND": "documents.encrypted.EncryptedFiles",
        "OPTIONS": {"location": str(all_files / name), "base_url": None, "allow_overwrite": True},
    }
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STATIC_ROOT=all_files / "static",
        STORAGES={"default": private, "private": private, "staticfiles": static},
        # The same Redis for all, a room of its own for each: nobody is throttled for what another test did.
        CACHES={"default": {**settings.CACHES["default"], "KEY_PREFIX": name}},
        CELERY_BROKER_URL="memory://",
        # A password hash that is slow on purpose would take most of the suite's time.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield
