"""Encrypted columns written anew with the first of FIELD_KEYS."""

from typing import Any

from django.apps import apps
from django.db import models, transaction

from tenancy.encryption import EncryptedTextField


def encrypted_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if _columns(model)]


def encrypt_anew(model: type[models.Model], key: object) -> None:
    """One row, locked, so that nothing typed meanwhile is lost. Raises InvalidToken when no key opens it."""
    rows: Any = model._meta.default_manager  # noqa: SLF001 - Django's way to ask a model
    with transaction.atomic():
        found = rows.select_for_update().filter(pk=key)
        values = found.values(*_columns(model)).first()
        if values:
            found.update(**values)


def _columns(model: type[models.Model]) -> list[str]:
    fields = model._meta.get_fields()  # noqa: SLF001
    return [field.name for field in fields if isinstance(field, EncryptedTextField)]
