from django.contrib import admin

from journal.models import Entry
from tenancy.admin.base import ReadOnlyAdmin


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin[Entry]):
    partner_path = "company__partner"
    list_display = ["at", "company", "event", "text", "party", "actor"]
    list_filter = ["event", "party"]
    search_fields = ["text", "company__trade_name"]
    list_select_related = ["company", "actor"]
    exclude = ["data"]  # for programs
