from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from tenancy import identities
from tenancy.encryption import EncryptedTextField, cipher

CHUNK = 500


class Command(BaseCommand):
    help = (
        "Writes every encrypted column and blind index anew with the first of FIELD_KEYS; then the older keys may "
        "be removed. Identity numbers that an older version has left in clear are sealed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for model in apps.get_models():
            about = model._meta  # noqa: SLF001 - Django's way to ask a model
            if any(isinstance(field, EncryptedTextField) for field in about.get_fields()):
                rows: Any = about.default_manager
                keys = rows.order_by("pk").values_list("pk", flat=True).iterator(CHUNK)
                count = sum(_rotate(rows, key) for key in keys)
                self.stdout.write(f"{about.label}: {count}")
        factors = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).values_list("pk", flat=True)
        self.stdout.write(f"mfa.Authenticator: {sum(map(_rotate_factor, factors))}")


def _rotate(rows: Any, key: object) -> int:
    """One row, locked, so that nothing that is typed meanwhile is lost."""
    try:
        with transaction.atomic():
            found = rows.select_for_update().filter(pk=key)
            values = found.values(*identities.columns(rows.model)).first()
            count: int = found.update(**identities.anew(rows.model, values)) if values else 0
    except IntegrityError as error:
        # An older version, run beside this one, has let a number in that was there already.
        raise CommandError(f"{rows.model._meta.label} {key}: its number is another row's too.") from error  # noqa: SLF001
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
