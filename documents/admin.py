from django.contrib import admin
from django.http import HttpRequest

from documents.models import LegalText
from tenancy.admin.base import OperationsAdmin


@admin.register(LegalText)
class LegalTextAdmin(OperationsAdmin[LegalText]):
    """A version that is there is read; a change of wording is a new version."""

    list_display = ["title", "kind", "version", "valid_from", "is_sample"]
    list_filter = ["kind", "is_sample"]

    def has_change_permission(self, request: HttpRequest, obj: LegalText | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LegalText | None = None) -> bool:
        return False
