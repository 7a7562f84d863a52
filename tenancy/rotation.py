"""Encrypted columns written anew with the first of FIELD_KEYS."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models, transaction

from tenancy import identities
from tenancy.encryption import cipher


def encrypted_models() -> list[type[models.Model]]:
    return [*(model for model in apps.get_models() if identities.columns(model)), Authenticator]


def encrypt_anew(model: type[models.Model], key: object) -> None:
    """One row, locked, so that nothing typed meanwhile is lost. Raises InvalidToken when no key opens it.

    Raises IntegrityError for a number that is another row's too: an older version, run beside this one, let it in.
    """
    if model is Authenticator:
        return _factor_anew(key)
    rows: Any = model._meta.default_manager  # noqa: SLF001 - Django's way to ask a model
    with transaction.atomic():
        found = rows.select_for_update().filter(pk=key)
        values = found.values(*identities.columns(model)).first()
        if values:
            found.update(**identities.anew(model, values))
    return None


def _factor_anew(key: object) -> None:
    """The secret of an authenticator app or of recovery codes, which django-allauth keeps in a column of JSON."""
    with transaction.atomic():
        found = Authenticator.objects.select_for_update().filter(pk=key).first()
        if found is None or found.type == Authenticator.Type.WEBAUTHN:
            return
        secrets = {name: found.data[name] for name in ("secret", "seed") if name in found.data}
        found.data |= {name: cipher().rotate(value.encode()).decode() for name, value in secrets.items()}
        found.save(update_fields=["data"])
