from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from tenancy.admin.base import TEXT_AS_SEEN, WalledAdmin, WalledForm
from tenancy.admin.searching import FoundBy
from tenancy.memberships import company_with
from tenancy.models import Company, Membership


class MembershipInline(admin.TabularInline[Membership, Company]):
    """To be looked at: each row leads to its own page, whose buttons tell the person and the owners."""

    model = Membership
    extra = 0
    template = "admin/tenancy/membership/listed.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("user")

    def has_add_permission(self, request: HttpRequest, obj: Company | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Company | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Company | None = None) -> bool:
        return False


class CompanyForm(WalledForm[Company]):
    def clean(self) -> dict[str, Any]:
        """A sole trader's number is no other company's either: the database sees it by its blind index alone."""
        cleaned = super().clean() or {}
        for name in ("tax_number", "mersis_number"):
            if "*" in cleaned.get(name, "") and cleaned[name] != getattr(self.instance, name):
                self.add_error(name, "Numarayı tam yazın ya da gizli gösterildiği gibi bırakın.")
        same = company_with(cleaned.get("tax_number", ""))
        if same is not None and same.pk != self.instance.pk:
            self.add_error("tax_number", "Bu vergi numarasıyla bir firma zaten var.")
        return cleaned


class CompanyAdmin(WalledAdmin[Company]):
    """Registered with what is done to a company as a whole (onboarding.admin.companies)."""

    partner_path = "partner"
    form = CompanyForm
    list_display = ["trade_name", "tax_number", "partner", "created_at"]
    found_by = FoundBy(companies=("pk",))
    by_sealed = ("tax_number", "mersis_number")
    list_select_related = ["partner"]
    inlines = [MembershipInline]
    formfield_overrides = {**TEXT_AS_SEEN, models.URLField: {"assume_scheme": "https"}}
    change_form_template = "admin/tenancy/company/change.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Company | None = None) -> list[str]:
        """Another partner is no matter of a field: what hangs on it is read before, and done at once."""
        return ["partner"] if obj is not None else []

    def has_change_permission(self, request: HttpRequest, obj: Company | None = None) -> bool:
        is_shell = obj is not None and obj.merged_into_id is not None
        return not is_shell and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Company | None = None) -> bool:
        return False
