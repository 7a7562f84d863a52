"""The suite runs among real servers (`make test` starts them); nothing here skips when one is missing."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.test.utils import override_settings


@pytest.fixture(autouse=True)
def own_files(tmp_path_factory: pytest.TempPathFactory) -> object:
    """Each test keeps its files in a folder of its own; tests of the S3 store choose their storage themselves."""
    folder: Path = tmp_path_factory.mktemp("files")
    private = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(folder), "base_url": None, "allow_overwrite": True},
    }
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        # WhiteNoise warns of a folder that is not there, and a warning fails a test.
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={"default": private, "private": private, "staticfiles": static},
        # The same Redis for all, a room of its own for each: nobody is throttled for what another test did.
        CACHES={"default": {**settings.CACHES["default"], "KEY_PREFIX": folder.name + uuid4().hex}},
        CELERY_BROKER_URL="memory://",
        # A password hash that is slow on purpose would take most of the suite's time.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield
