from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from tenancy.models import Company, Membership, User
from tenancy.walls import WalledAdmin


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ["email", "full_name", "partner", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", "partner"]
    search_fields = ["email", "full_name"]
    fields = [
        "email",
        "full_name",
        "is_active",
        "is_staff",
        "partner",
        "groups",
        "last_login",
        "date_joined",
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = ["groups"]


class MembershipInline(admin.TabularInline[Membership, Company]):
    model = Membership
    extra = 0
    autocomplete_fields = ["user"]


@admin.register(Company)
class CompanyAdmin(WalledAdmin[Company]):
    list_display = ["trade_name", "tax_number", "partner", "created_at"]
    search_fields = ["trade_name", "tax_number"]
    list_select_related = ["partner"]
    show_full_result_count = False
    inlines = [MembershipInline]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Company]:
        user = request.user
        companies = super().get_queryset(request)
        if user.is_superuser and getattr(user, "partner_id", None) is None:
            return companies
        return companies.filter(partner=getattr(user, "partner_id", None))

    def has_delete_permission(self, request: HttpRequest, obj: Company | None = None) -> bool:
        return False
