from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from brands.models import Brand
from tenancy.walls import ReadOnlyAdmin, of_partner


@admin.register(Brand)
class BrandAdmin(ReadOnlyAdmin[Brand]):
    list_display = ["name", "company", "code"]
    search_fields = ["name", "company__trade_name", "code"]
    list_select_related = ["company"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Brand]:
        return of_partner(request, super().get_queryset(request), "company")
