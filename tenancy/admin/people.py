from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

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


class MembershipInline(admin.TabularInline[Membership, Company]):
    model = Membership
    extra = 0
    autocomplete_fields = ["user"]


class CompanyForm(forms.ModelForm[Company]):
    def clean(self) -> dict[str, Any]:
        """A sole trader's number is no other company's either: the database sees it by its blind index alone."""
        cleaned = super().clean() or {}
        for name in ("tax_number", "mersis_number"):
            if "*" in cleaned.get(name, "") and cleaned[name] != getattr(self.instance, name):
                self.add_error(name, "Numarayı tam yazın ya da gizli gösterildiği gibi bırakın.")
        same = Company.objects.numbered(cleaned.get("tax_number", "")).filter(partner=cleaned.get("partner"))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("tax_number", "Bu iş ortağının bu vergi numarasıyla bir firması zaten var.")
        return cleaned


@admin.register(Company)
class CompanyAdmin(WalledAdmin[Company]):
    partner_path = "partner"
    form = CompanyForm
    list_display = ["trade_name", "tax_number", "partner", "created_at"]
    search_fields = ["trade_name", "tax_number"]
    by_sealed = ("tax_number", "mersis_number")
    list_select_related = ["partner"]
    show_full_result_count = False
    inlines = [MembershipInline]
    formfield_overrides = {**TEXT_AS_SEEN, models.URLField: {"assume_scheme": "https"}}

    def has_delete_permission(self, request: HttpRequest, obj: Company | None = None) -> bool:
        return False
