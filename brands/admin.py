from django.contrib import admin

from brands.models import Brand
from tenancy.admin.base import ReadOnlyAdmin
from tenancy.admin.searching import FoundBy


@admin.register(Brand)
class BrandAdmin(ReadOnlyAdmin[Brand]):
    partner_path = "company__partner"
    list_display = ["name", "company", "code"]
    found_by = FoundBy(companies=("company",), names={"brand": "name", "brand_code": "code"})
    list_select_related = ["company"]
