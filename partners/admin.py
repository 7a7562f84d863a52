from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from partners.models import IysContact


@admin.register(IysContact)
class IysContactAdmin(admin.ModelAdmin[IysContact]):
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not IysContact.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: IysContact | None = None) -> bool:
        return False
