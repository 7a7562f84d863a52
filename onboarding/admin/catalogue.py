from django.contrib import admin

from onboarding.models import FreeMailDomain, Package
from tenancy.admin.base import OperationsAdmin
from tenancy.admin.searching import FoundBy


@admin.register(Package)
class PackageAdmin(OperationsAdmin[Package]):
    list_display = ["__str__", "limit", "price", "valid_from", "valid_until"]
    ordering = ["-valid_from", "limit"]


@admin.register(FreeMailDomain)
class FreeMailDomainAdmin(OperationsAdmin[FreeMailDomain]):
    list_display = ["domain"]
    found_by = FoundBy(texts=("domain",))
