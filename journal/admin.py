from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from journal.models import Entry
from tenancy.walls import ReadOnlyAdmin, of_partner


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin[Entry]):
    list_display = ["at", "company", "event", "text", "party", "actor"]
    list_filter = ["event", "party"]
    search_fields = ["text", "company__trade_name"]
    list_select_related = ["company", "actor"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        return of_partner(request, super().get_queryset(request), "company")
