from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from tenancy.admin.base import TEXT_AS_SEEN, WalledAdmin
from tenancy.models import Company, Membership, User


@admin.register(User)
class UserAdmin(WalledAdmin[User]):
    """A partner's staff see their own colleagues here; people of companies are seen on the companies' pages."""

    partner_path = "partner"
    list_display = ["email", "full_name", "partner", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", ("partner", admin.RelatedOnlyFieldListFilter)]
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
    formfield_overrides = TEXT_AS_SEEN

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm[User], change: bool) -> None:  # noqa: FBT001
        """Who is made staff has the days of grace from now on."""
        if obj.is_staff and "is_staff" in form.changed_data:
            obj.second_factor_from = timezone.now()
        super().save_model(request, obj, form, change)


class MembershipInline(admin.TabularInline[Membership, Company]):
    model = Membership
    extra = 0
    autocomplete_fields = ["user"]


@admin.register(Company)
class CompanyAdmin(WalledAdmin[Company]):
    partner_path = "partner"
    list_display = ["trade_name", "tax_number", "partner", "created_at"]
    search_fields = ["trade_name", "tax_number"]
    list_select_related = ["partner"]
    show_full_result_count = False
    inlines = [MembershipInline]
    formfield_overrides = {**TEXT_AS_SEEN, models.URLField: {"assume_scheme": "https"}}

    def has_delete_permission(self, request: HttpRequest, obj: Company | None = None) -> bool:
        return False
