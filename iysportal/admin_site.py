"""The admin itself: no page without a wall."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model


class PortalAdminSite(admin.AdminSite):
    """What a library registers knows no partners, so it is for who runs the portal alone."""

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[admin.ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        # Not above: this site is made while the first page registers itself, which `base` may be in the middle of.
        from tenancy.admin.base import OperationsAdmin, UnwalledAdmin, WalledAdmin

        given = admin_class or admin.ModelAdmin
        if not issubclass(given, WalledAdmin | OperationsAdmin):
            given = type(f"Unwalled{given.__name__}", (UnwalledAdmin, given), {})
        super().register(model_or_iterable, given, **options)
