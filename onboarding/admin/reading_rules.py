"""Staff's own reading rules: tried on their example, and on what is stored, before they are in use."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from correspondence.incoming import decisions, staff_rules
from correspondence.incoming.fetching import raw_of
from correspondence.models import Mail
from correspondence.models.reading_rule import ReadingRule
from correspondence.reading.kinds import staff_rule_choices
from correspondence.reading.parsing import content
from identifiers.masking import masked
from onboarding.mail.labels import KINDS
from tenancy.admin.base import WalledAdmin
from tenancy.models import User
from tenancy.requests import user_of

TRIED = 200  # stored mails, the newest first
EXAMPLE = 4_000  # characters
TYPED = ("name", "kind", "any_of", "none_of", "example", "active")


def stored_mails(user: User) -> QuerySet[Mail]:
    """What a rule is tried on: the mails that the staff member may look at and that were read."""
    return decisions.seen_by(user, Mail.objects.exclude(kind="")).order_by("-received_at")[:TRIED]


class ReadingRuleForm(forms.ModelForm[ReadingRule]):
    viewer: User
    tried: SafeString | None = None

    class Meta:
        model = ReadingRule
        fields = TYPED
        widgets = {"any_of": forms.Textarea({"rows": 4}), "none_of": forms.Textarea({"rows": 2})}

    def clean_any_of(self) -> str:
        return self._phrases("any_of")

    def clean_none_of(self) -> str:
        return self._phrases("none_of")

    def _phrases(self, name: str) -> str:
        written: str = self.cleaned_data[name]
        if wrong := staff_rules.complaints(written):
            raise forms.ValidationError(wrong)
        return written

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        row = ReadingRule(pk=self.instance.pk, **{name: given[name] for name in TYPED})
        if missed := staff_rules.missed(row):
            self.add_error("example", missed)
        elif "_try" in self.data:
            # An error keeps it from being saved; what is shown is the trial (see render_change_form).
            row.active = True
            self.tried = format_html("Deneme, kaydedilmedi. {}", effect(row, self.viewer))
            self.add_error(None, self.tried)
        return given


def effect(row: ReadingRule, user: User) -> SafeString:
    """Which stored mails would be read otherwise with the rule as it stands in `row`."""
    mails = list(stored_mails(user))
    changed = staff_rules.would_change(row, mails)
    if not changed:
        return format_html("Kayıtlı son {} e-postanın hiçbirinin okunuşu değişmez.", len(mails))
    listed = format_html_join(
        "",
        '<li><a href="{}">{}</a>: {} → {}</li>',
        (
            (
                reverse("admin:correspondence_mail_change", args=[mail.pk]),
                mail,
                KINDS.get(mail.kind, "okunmadı"),
                KINDS[said.kind],
            )
            for mail, said in changed
        ),
    )
    return format_html(
        "Kayıtlı son {} e-postadan {} tanesinin okunuşu değişir:<ul>{}</ul>", len(mails), len(changed), listed
    )


@admin.register(ReadingRule)
class ReadingRuleAdmin(WalledAdmin[ReadingRule]):
    # The example may be a mail of a company, which only its partner's people look at.
    partner_path = "created_by__partner"
    form = ReadingRuleForm
    change_form_template = "admin/correspondence/readingrule/change_form.html"
    list_display = ["name", "kind", "active", "created_by", "changed_at"]
    list_filter = ["active", "kind"]
    search_fields = ["name", "any_of"]
    list_select_related = ["created_by"]

    def get_readonly_fields(self, request: HttpRequest, obj: ReadingRule | None = None) -> list[str]:
        return ["created_by", "created_at", "changed_at"] if obj else []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """A trial is told with everything that was typed, and is no mistake."""
        tried = getattr(context["adminform"].form, "tried", None)
        if tried:
            messages.info(request, tried)
            context["errors"] = None
        return super().render_change_form(request, context, *args, **kwargs)

    def get_form(
        self, request: HttpRequest, obj: ReadingRule | None = None, *args: Any, **kwargs: Any
    ) -> type[forms.ModelForm[ReadingRule]]:
        form = super().get_form(request, obj, *args, **kwargs)
        return cast(type[ReadingRuleForm], type(form.__name__, (form,), {"viewer": request.user}))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        """From the mail of ?mail=…, which no rule has caught."""
        initial = super().get_changeform_initial_data(request)
        user = user_of(request)
        try:
            mail = decisions.seen_by(user, Mail.objects.all()).get(pk=str(initial.pop("mail", "")))
            words = content(raw_of(mail))
        except (Mail.DoesNotExist, ValidationError, ValueError, OSError):
            return initial
        said = {"kind": mail.kind} if mail.kind in dict(staff_rule_choices()) else {}
        return {**initial, **said, "example": masked(words.text or words.forwarded or words.full_text)[:EXAMPLE]}

    def save_model(self, request: HttpRequest, obj: ReadingRule, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        if not change:
            obj.created_by = user_of(request)
        super().save_model(request, obj, form, change)
        messages.info(request, effect(obj, user_of(request)))
        messages.info(request, "Karar bekleyen e-postalar “manage.py reread” ile yeniden okunur.")
