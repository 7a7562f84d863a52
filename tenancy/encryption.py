"""Columns that are encrypted at rest: signatories' identity numbers and what was submitted with them."""

import zlib
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


def cipher() -> MultiFernet:
    """The keys of FIELD_KEYS: the first encrypts, all decrypt; a key is rotated by putting one in front."""
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])


class EncryptedTextField(models.TextField[str, str]):
    """Text that is a Fernet token in the database; without its key InvalidToken is raised.

    Not searchable; the empty string is stored as such.
    """

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return self.unpacked(cipher().decrypt(value.encode())) if value else value

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return cipher().encrypt(self.packed(text)).decode() if text else text

    def packed(self, text: str) -> bytes:
        return text.encode()

    def unpacked(self, data: bytes) -> str:
        return data.decode()


class EncryptedLongTextField(EncryptedTextField):
    """For text of some length: made small before it is encrypted, since nothing can make it small afterwards."""

    def packed(self, text: str) -> bytes:
        return zlib.compress(super().packed(text))

    def unpacked(self, data: bytes) -> str:
        return super().unpacked(zlib.decompress(data))
