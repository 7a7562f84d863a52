from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from documents.models import DisclosureShown, LegalText
from tenancy.admin.base import OperationsAdmin, ReadOnlyAdmin
from tenancy.admin.searching import FoundBy
from tenancy.models import Company


@admin.register(LegalText)
class LegalTextAdmin(OperationsAdmin[LegalText]):
    """A version that is there is read; a change of wording is a new version."""

    list_display = ["title", "kind", "version", "valid_from", "is_sample"]
    list_filter = ["kind", "is_sample"]

    def has_change_permission(self, request: HttpRequest, obj: LegalText | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LegalText | None = None) -> bool:
        return False


@admin.register(DisclosureShown)
class DisclosureShownAdmin(ReadOnlyAdmin[DisclosureShown]):
    """Where which version stood before whom: the partner's proof that it informed people (KVKK 10)."""

    partner_path = "partner"
    list_display = ["shown_at", "place", "who", "company", "text", "sha256"]
    list_filter = ["place"]
    list_select_related = ["text", "user", "company"]
    found_by = FoundBy(companies=("company",), whole=("user__email", "address"), texts=("sha256",))
    date_hierarchy = "shown_at"

    @admin.display(description="kime")
    def who(self, row: DisclosureShown) -> str:
        return str(row.user) if row.user else row.address

    def _company_of(self, row: Model) -> Company | None:
        return row.company if isinstance(row, DisclosureShown) else None
