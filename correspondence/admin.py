from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from correspondence.models import Letter
from correspondence.outbox import body_of
from identifiers.masking import masked
from tenancy.walls import ReadOnlyAdmin, of_partner


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin[Letter]):
    list_display = ["title", "company", "audience", "status", "attempts", "due_at", "sent_at"]
    list_filter = ["status", "audience"]
    search_fields = ["title", "company__trade_name", "message_id"]
    list_select_related = ["company"]
    show_full_result_count = False
    fields = [
        "title",
        "company",
        "status",
        "smtp_answer",
        "attempts",
        "from_name",
        "from_email",
        "to",
        "cc",
        "message_id",
        "created_at",
        "due_at",
        "sent_at",
        "delivered_at",
        "text",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        # Codes and password links of accounts are nobody's to read here.
        letters = super().get_queryset(request).exclude(company=None)
        return of_partner(request, letters, "company")

    @admin.display(description=_("metin"))
    def text(self, letter: Letter) -> SafeString:
        """Identity numbers are shown on the application's page alone, where each look is journalled."""
        return format_html("<pre>{}</pre>", masked(body_of(letter).text))
