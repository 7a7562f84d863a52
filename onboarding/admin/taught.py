"""The sentences that were taught: looked at, changed, put out of use. New ones are taught on a mail's page."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from correspondence.models import TaughtSentence
from onboarding.admin.mails.teaching import SentenceForm
from onboarding.mail import teaching
from tenancy.admin.base import WalledAdmin
from tenancy.requests import user_of


@admin.register(TaughtSentence)
class TaughtSentenceAdmin(WalledAdmin[TaughtSentence]):
    form = SentenceForm
    partner_path = "partner"
    shared_rows = True
    fields = ["text", "kind", "active", "partner", "mail", "taught_by", "taught_at", "changed_at"]
    readonly_fields = ["partner", "mail", "taught_by", "taught_at", "changed_at"]
    list_display = ["text", "meaning", "holds_for", "active", "taught_by", "taught_at"]
    list_filter = ["active", "kind"]
    search_fields = ["text"]
    list_select_related = ["partner", "taught_by"]

    @admin.display(description="ne diyor", ordering="kind")
    def meaning(self, row: TaughtSentence) -> str:
        return row.meaning

    @admin.display(description="kimin e-postalarında", ordering="partner")
    def holds_for(self, row: TaughtSentence) -> str:
        return str(row.partner or "Bütün iş ortakları")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: TaughtSentence | None = None) -> bool:
        """What holds for all is changed by who may teach all."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (
            obj is None or obj.partner_id is not None or request.user.has_perm(teaching.TEACH_FOR_ALL)
        )

    def has_delete_permission(self, request: HttpRequest, obj: TaughtSentence | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: TaughtSentence, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        changes = list(teaching.preview(obj, by=user_of(request)))
        super().save_model(request, obj, form, change)
        waiting = sum(each.acts for each in changes)
        messages.info(
            request, f"Kayıtlı e-postalardan {len(changes)} tanesinin okunuşu değişir, {waiting} tanesi bekliyor."
        )
        if waiting:
            messages.info(request, "Karar bekleyenler “manage.py reread” ile yeniden okunur.")
