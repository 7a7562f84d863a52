"""The private store as an S3 bucket of the tests' server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.test import override_settings


@contextmanager
def in_s3(**changes: object) -> Iterator[None]:
    options: dict[str, object] = {
        "bucket_name": os.environ["S3_BUCKET"],
        "endpoint_url": os.environ["S3_ENDPOINT_URL"],
        "region_name": os.environ["S3_REGION"],
        "access_key": os.environ["S3_ACCESS_KEY"],
        "secret_key": os.environ["S3_SECRET_KEY"],
        "signature_version": "s3v4",
        "default_acl": "private",
        "file_overwrite": True,
        **changes,
    }
    private = {"BACKEND": "documents.encrypted_s3.EncryptedS3", "OPTIONS": options}
    with override_settings(STORAGES={**settings.STORAGES, "private": private}):
        yield
