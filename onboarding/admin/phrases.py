"""The sentences that a partner's support has kept: worded anew and taken away here, added where one decides."""

from django.contrib import admin
from django.http import HttpRequest

from onboarding.models import KeptPhrase
from tenancy.admin.base import WalledAdmin
from tenancy.admin.searching import FoundBy


@admin.register(KeptPhrase)
class KeptPhraseAdmin(WalledAdmin[KeptPhrase]):
    partner_path = "partner"
    list_display = ["text", "use", "kept_by"]
    list_filter = ["use"]
    found_by = FoundBy(texts=("text",))
    list_select_related = ["kept_by"]
    fields = ["use", "text"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
