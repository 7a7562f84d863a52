"""Encrypted files in an S3 bucket. A module of its own: who keeps files on disk loads none of its libraries."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from botocore.config import Config
from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection
from django.core.files.base import File
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

from documents.encrypted import Lying, StoreAway, sealed, size_of, unsealed

# A page waits, and so does whoever wants the next page of the same thread (by default 60 s, up to five times).
PATIENCE = Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2})
# Seconds in which a store that did not answer is asked nothing: else all threads of a web server stand before it.
PAUSE = 10.0


class EncryptedS3(S3Storage):  # type: ignore[misc]
    """A file is read through one of this machine, which holds it as encrypted as it lies in the bucket.

    Every method raises StoreAway where the store does not answer.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.client_config: Config = self.client_config.merge(PATIENCE)
        self.transfer_config.num_download_attempts = 2  # each as patient; five by default
        self._asked_again_at = 0.0

    def lying(self) -> Iterator[Lying]:
        """Everything that is there; the bucket gives it page by page."""
        folder = f"{self.location.strip('/')}/".lstrip("/")
        with self._asking():
            for found in self.bucket.objects.filter(Prefix=folder):
                if not found.key.endswith("/"):
                    yield Lying(found.key.removeprefix(folder), found.size, found.last_modified)

    def stored(self, name: str) -> Any:
        """The file as it lies there. Raises FileNotFoundError, also when it is erased while it is asked for."""
        with self._asking():
            try:
                found = super()._open(name, "rb")
                found.open()  # fetches it
            except ClientError as error:
                if _status(error) == 404:
                    raise FileNotFoundError(name) from error
                raise
        return found

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        return unsealed(self.stored(name), name)

    def _save(self, name: str, content: Any) -> str:
        # A file of its own, since what is sent may have to be sent again.
        with tempfile.SpooledTemporaryFile(max_size=self.max_memory_size) as lines, self._asking():
            lines.writelines(sealed(content, name))
            kept: str = super()._save(name, File(lines))
        return kept

    def exists(self, name: str) -> bool:
        with self._asking():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with self._asking():
            super().delete(name)

    def put_back(self, name: str, stored: IO[bytes]) -> None:
        """A file as it lay there once, encrypted already."""
        with self._asking():
            super()._save(name, File(stored))

    def size(self, name: str) -> int:
        return size_of(self, name)

    @contextmanager
    def _asking(self) -> Iterator[None]:
        if time.monotonic() < self._asked_again_at:
            raise StoreAway("it did not answer a moment ago")
        try:
            yield
        except (NoConnection, HTTPClientError, RetriesExceededError) as error:
            self._asked_again_at = time.monotonic() + PAUSE
            raise StoreAway(type(error).__name__) from error
        except ClientError as error:
            if _status(error) < 500:
                raise
            raise StoreAway(str(error.response.get("Error", {}).get("Code", ""))) from error


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
