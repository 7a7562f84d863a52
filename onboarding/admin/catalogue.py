from django.contrib import admin

from onboarding.models import Package


@admin.register(Package)
class PackageAdmin(admin.ModelAdmin[Package]):
    list_display = ["__str__", "limit", "valid_from", "valid_until"]
    ordering = ["-valid_from", "limit"]
