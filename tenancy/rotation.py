"""Encrypted columns written anew with the first of FIELD_KEYS."""

from contextlib import suppress
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models, transaction

from tenancy import identities
from tenancy.encryption import cipher


def encrypted_models() -> list[type[models.Model]]:
    """Those with encrypted columns, and those whose owners encrypt by themselves: factors and sessions."""
    models_of_ours = apps.get_models()
    sessions = [model for model in models_of_ours if issubclass(model, AbstractBaseSession)]
    return [*(model for model in models_of_ours if identities.columns(model)), Authenticator, *sessions]


def encrypt_anew(model: type[models.Model], key: object) -> None:
    """One row, locked, so that nothing typed meanwhile is lost. Raises InvalidToken when no key opens it.

    Raises IntegrityError for a number that is another row's too: an older version, run beside this one, let it in.
    """
    if model is Authenticator:
        return _factor_anew(key)
    if issubclass(model, AbstractBaseSession):
        return _session_anew(model, key)
    rows: Any = model._meta.default_manager  # noqa: SLF001 - Django's way to ask a model
    with transaction.atomic():
        found = rows.select_for_update().filter(pk=key)
        values = found.values(*identities.columns(model)).first()
        if values:
            found.update(**identities.anew(model, values))
    return None


def _session_anew(model: type[AbstractBaseSession], key: object) -> None:
    """What a browser has in its session. One that no key opens signs nobody in, and goes when it ends."""
    with transaction.atomic():
        rows = model.objects.select_for_update().filter(pk=key)
        for said in rows.values_list("session_data", flat=True):
            with suppress(InvalidToken):
                rows.update(session_data=cipher().rotate(said.encode()).decode())


def _factor_anew(key: object) -> None:
    """The secret of an authenticator app or of recovery codes, which django-allauth keeps in a column of JSON."""
    with transaction.atomic():
        found = Authenticator.objects.select_for_update().filter(pk=key).first()
        if found is None or found.type == Authenticator.Type.WEBAUTHN:
            return
        secrets = {name: found.data[name] for name in ("secret", "seed") if name in found.data}
        found.data |= {name: cipher().rotate(value.encode()).decode() for name, value in secrets.items()}
        found.save(update_fields=["data"])
