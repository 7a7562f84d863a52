"""Encrypted files in an S3 bucket. A module of its own: who keeps files on disk loads none of its libraries."""

import tempfile
from typing import Any

from django.core.files.base import File
from storages.backends.s3 import S3Storage

from documents.encrypted import sealed, size_of, unsealed


class EncryptedS3(S3Storage):  # type: ignore[misc]
    """A file is read through one of this machine, which holds it as encrypted as it lies in the bucket."""

    def stored(self, name: str) -> Any:
        """The file as it lies there."""
        return super()._open(name, "rb")

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        return unsealed(self.stored(name), name)

    def _save(self, name: str, content: Any) -> str:
        # A file of its own, since what is sent may have to be sent again.
        with tempfile.SpooledTemporaryFile(max_size=self.max_memory_size) as lines:
            lines.writelines(sealed(content, name))
            kept: str = super()._save(name, File(lines))
        return kept

    def size(self, name: str) -> int:
        return size_of(self, name)
