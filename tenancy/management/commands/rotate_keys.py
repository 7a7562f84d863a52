from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from tenancy.encryption import EncryptedTextField, cipher

CHUNK = 500


class Command(BaseCommand):
    help = "Encrypts every encrypted column anew with the first of FIELD_KEYS; then the older keys may be removed."

    def handle(self, *args: Any, **options: Any) -> None:
        for model in apps.get_models():
            about = model._meta  # noqa: SLF001 - Django's way to ask a model
            columns = [field.name for field in about.get_fields() if isinstance(field, EncryptedTextField)]
            if columns:
                rows: Any = about.default_manager
                keys = rows.order_by("pk").values_list("pk", flat=True).iterator(CHUNK)
                count = sum(_rotate(rows, key, columns) for key in keys)
                self.stdout.write(f"{about.label}: {count}")
        factors = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).values_list("pk", flat=True)
        self.stdout.write(f"mfa.Authenticator: {sum(map(_rotate_factor, factors))}")


def _rotate(rows: Any, key: object, columns: list[str]) -> int:
    """One row, locked, so that nothing that is typed meanwhile is lost."""
    with transaction.atomic():
        found = rows.select_for_update().filter(pk=key)
        values = found.values(*columns).first()
        count: int = found.update(**values) if values else 0
    return count


def _rotate_factor(key: int) -> int:
    """The secret of an authenticator app or of recovery codes, which django-allauth keeps in a column of JSON."""
    with transaction.atomic():
        found = Authenticator.objects.select_for_update().filter(pk=key).first()
        if found is None:
            return 0
        secrets = {name: found.data[name] for name in ("secret", "seed") if name in found.data}
        found.data |= {name: cipher().rotate(value.encode()).decode() for name, value in secrets.items()}
        found.save(update_fields=["data"])
    return 1
