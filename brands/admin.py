from django.contrib import admin

from brands.models import Brand
from tenancy.admin.base import ReadOnlyAdmin


@admin.register(Brand)
class BrandAdmin(ReadOnlyAdmin[Brand]):
    partner_path = "company__partner"
    list_display = ["name", "company", "code"]
    search_fields = ["name", "company__trade_name", "code"]
    list_select_related = ["company"]
