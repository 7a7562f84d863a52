from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from tenancy.encryption import EncryptedTextField

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


def _rotate(rows: Any, key: object, columns: list[str]) -> int:
    """One row, locked, so that nothing that is typed meanwhile is lost."""
    with transaction.atomic():
        found = rows.select_for_update().filter(pk=key)
        values = found.values(*columns).first()
        count: int = found.update(**values) if values else 0
    return count
