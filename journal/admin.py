from django.contrib import admin

from journal.models import Entry
from tenancy.admin.base import ReadOnlyAdmin
from tenancy.admin.searching import FoundBy


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin[Entry]):
    partner_path = "company__partner"
    list_display = ["at", "company", "event", "text", "party", "actor"]
    list_filter = ["event", "party"]
    found_by = FoundBy(companies=("company",), texts=("text",))
    list_select_related = ["company", "actor"]
    exclude = ["data"]  # for programs
