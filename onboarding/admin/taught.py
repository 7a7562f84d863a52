"""The sentences that were taught: looked at, said to mean something else, put out of use. New ones are taught on a
mail's page."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest

from correspondence.models import TaughtSentence
from onboarding.admin.mails.teach_form import HARMLESS, complaint_about, kind_field
from onboarding.admin.mails.teaching import shown, tell_moved
from onboarding.mail import teaching
from tenancy.admin.base import WalledAdmin
from tenancy.admin.searching import FoundBy
from tenancy.requests import user_of


class SentenceForm(forms.ModelForm[TaughtSentence]):
    kind = kind_field()

    class Meta:
        model = TaughtSentence
        fields = ("kind", "active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["kind"] = self.instance.kind or HARMLESS

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        kind = "" if kind == HARMLESS else kind
        if kind != self.instance.kind and (wrong := complaint_about(self.instance.text, kind)):
            raise forms.ValidationError(wrong)
        return kind


@admin.register(TaughtSentence)
class TaughtSentenceAdmin(WalledAdmin[TaughtSentence]):
    form = SentenceForm
    partner_path = "partner"
    shared_rows = True
    change_form_template = "admin/correspondence/taughtsentence/change_form.html"
    readonly_fields = ["text", "holds_for", "mail", "taught_by", "taught_at", "changed_at"]
    list_display = ["text", "meaning", "holds_for", "active", "teacher", "taught_at"]
    list_filter = ["active", "kind"]
    found_by = FoundBy(texts=("text",))
    list_select_related = ["partner", "taught_by"]

    @admin.display(description="ne diyor", ordering="kind")
    def meaning(self, row: TaughtSentence) -> str:
        return row.meaning

    @admin.display(description="kimin e-postalarında", ordering="partner")
    def holds_for(self, row: TaughtSentence) -> str:
        return str(row.partner or "Bütün iş ortakları")

    @admin.display(description="öğreten", ordering="taught_by")
    def teacher(self, row: TaughtSentence) -> str:
        """Who taught all belongs to no partner, or to another one."""
        return str(row.taught_by or "–") if row.partner else "–"

    def get_fields(self, request: HttpRequest, obj: TaughtSentence | None = None) -> list[Any]:
        """Nor is the mail from which all were taught for everybody's eyes."""
        of_all = obj is not None and obj.partner is None and not request.user.has_perm(teaching.TEACH_FOR_ALL)
        source = [] if of_all else ["mail", "taught_by"]
        return ["text", "kind", "active", "holds_for", *source, "taught_at", "changed_at"]

    def context(self, request: HttpRequest, row: TaughtSentence) -> dict[str, Any]:
        """What would change if the sentence were put out of use, or taken into use again."""
        turned = TaughtSentence.objects.get(pk=row.pk)
        turned.active = not turned.active
        return {
            "changes": [shown(each) for each in teaching.preview(turned, by=user_of(request))],
            "in_use": not turned.active,
            "tried": teaching.TRIED,
        }

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
        moved = teaching.save(obj, by=user_of(request))
        tell_moved(request, moved)
        if not obj.active:
            messages.info(request, "Cümle artık kullanılmıyor. Uygulanmış e-postalar olduğu gibi kalır.")
