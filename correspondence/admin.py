from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from correspondence.inbox import raw_of
from correspondence.models import Letter, Mail, MailStatus
from correspondence.outbox import body_of
from correspondence.parsing import Unreadable, content
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


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin[Mail]):
    """Incoming mails; what a machine could not decide has the status “Destek ekibini bekliyor”."""

    list_display = ["title", "from_email", "company", "trust", "kind", "status", "taken_in_at"]
    list_filter = ["status", "trust", "kind"]
    search_fields = ["title", "from_email", "company__trade_name", "message_id"]
    list_select_related = ["company"]
    show_full_result_count = False
    fields = [
        "title",
        "from_name",
        "from_email",
        "company",
        "taken_in_at",
        "status",
        "status_why",
        "trust",
        "trust_why",
        "match_why",
        "kind",
        "rule",
        "words",
        "facts",
        "text",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mail]:
        mails = super().get_queryset(request)
        unmatched = mails.filter(company=None, status__in=(MailStatus.PERSON, MailStatus.BROKEN))
        return of_partner(request, mails, "company") | unmatched

    @admin.display(description=_("metin"))
    def text(self, mail: Mail) -> SafeString:
        """As plain text: nothing in a stranger's mail is rendered or fetched. İYS quotes our letters back."""
        try:
            words = content(raw_of(mail)).full_text
        except Unreadable as error:
            words = str(error)
        return format_html("<pre>{}</pre>", masked(words))
