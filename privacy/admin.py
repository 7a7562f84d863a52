"""How long what is kept, and what was erased: for who runs the portal."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from privacy.kinds import check, kind_of
from privacy.models import Erasure, RetentionRule
from tenancy.admin.base import OperationsAdmin, UnwalledAdmin


class RuleForm(forms.ModelForm[RetentionRule]):
    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            try:
                check(self.instance)
            except ValidationError as error:
                self.add_error(None, error)


@admin.register(RetentionRule)
class RetentionRuleAdmin(OperationsAdmin[RetentionRule]):
    form = RuleForm
    list_display = ["kind", "after", "days", "warn_days", "active", "basis"]
    readonly_fields = ["after"]
    fields = ["kind", "after", "days", "warn_days", "basis", "active"]

    @admin.display(description="ne zamandan başlayarak")
    def after(self, rule: RetentionRule) -> str:
        kind = kind_of(rule)
        return f"{kind.after} sonra; en az {kind.least} gün" if kind else "–"


@admin.register(Erasure)
class ErasureAdmin(UnwalledAdmin[Erasure]):
    list_display = ["at", "kind", "subject", "counted", "files", "why"]
    list_filter = ["kind"]
    date_hierarchy = "at"

    @admin.display(description="satır")
    def counted(self, entry: Erasure) -> int:
        return sum(entry.rows.values())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Erasure | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Erasure | None = None) -> bool:
        return False
