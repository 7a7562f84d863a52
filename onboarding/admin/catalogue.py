from django.contrib import admin

from onboarding.models import FreeMailDomain, Package


@admin.register(Package)
class PackageAdmin(admin.ModelAdmin[Package]):
    list_display = ["__str__", "limit", "price", "valid_from", "valid_until"]
    ordering = ["-valid_from", "limit"]


@admin.register(FreeMailDomain)
class FreeMailDomainAdmin(admin.ModelAdmin[FreeMailDomain]):
    list_display = ["domain"]
    search_fields = ["domain"]
