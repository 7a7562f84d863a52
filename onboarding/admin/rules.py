"""The table of reminders as staff edit it, each rule with the sentence that it amounts to."""

from typing import Any

from django import forms
from django.contrib import admin

from onboarding.models import Recipient, ReminderRule, WaitsFor
from onboarding.steps import BY_KEY, STEPS
from tenancy.admin.base import OperationsAdmin

ANYWHERE = ("", "Herhangi bir adım ve durum")


def _places() -> list[Any]:
    """Steps and their states in which somebody has the turn, as the groups of one list."""
    groups = [
        (
            f"{step.number}. {step.title}",
            [
                (step.key, f"{step.title}: bütün durumlar"),
                *((f"{step.key}:{state}", str(step.support_labels[state])) for state in step.turns),
            ],
        )
        for step in STEPS
    ]
    return [ANYWHERE, *groups]


class ReminderRuleForm(forms.ModelForm[ReminderRule]):
    place = forms.ChoiceField(label="Nerede", required=False)

    class Meta:
        model = ReminderRule
        fields = [
            "name",
            "waits_for",
            "place",
            "to",
            "after",
            "every",
            "at_most",
            "escalate_after",
            "escalate_to",
            "active",
        ]
        # Turkish: "ilk" begins with a dotted capital.
        labels = {"after": "İlk hatırlatma (iş günü sonra)"}
        help_texts = {
            "at_most": "0 yazarsanız hatırlatma gitmez, yalnızca üst kademeye çıkar.",
            "escalate_after": "Boş bırakırsanız üst kademeye çıkmaz.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.choices = _places()
        place.initial = ":".join(filter(None, (self.instance.step, self.instance.state)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        step, _colon, state = cleaned.get("place", "").partition(":")
        waits_for, to = cleaned.get("waits_for"), cleaned.get("to")
        self.instance.step, self.instance.state = step, state
        if waits_for == WaitsFor.CARGO and step:
            self.add_error("place", "Kargo adımlardan bağımsızdır: “herhangi bir adım ve durum”u seçin.")
        elif state and BY_KEY[step].turns[BY_KEY[step].state(state)] != waits_for:
            self.add_error("place", "Bu durumda sıra, beklendiğini söylediğiniz tarafta değil.")
        waited = Recipient.COMPANY if waits_for == WaitsFor.CARGO else waits_for
        if to and waits_for and to not in (waited, Recipient.STAFF):
            self.add_error("to", "Hatırlatma ya beklenen tarafa ya da destek ekibine gider.")
        same = ReminderRule.objects.filter(waits_for=waits_for, step=step, state=state, active=True)
        if cleaned.get("active") and same.exclude(pk=self.instance.pk).exists():
            self.add_error("place", "Bu bekleyiş için kullanımda olan bir kural zaten var.")
        return cleaned


@admin.register(ReminderRule)
class ReminderRuleAdmin(OperationsAdmin[ReminderRule]):
    form = ReminderRuleForm
    list_display = ["name", "sentence", "active"]
    list_filter = ["waits_for", "active"]
    readonly_fields = ["sentence"]
    fieldsets = [
        (None, {"fields": ["name", "active", "sentence"]}),
        ("Hangi bekleyişte", {"fields": ["waits_for", "place"]}),
        ("Kime, ne zaman", {"fields": ["to", "after", "every", "at_most"]}),
        ("Üst kademe", {"fields": ["escalate_after", "escalate_to"]}),
    ]

    @admin.display(description="söylediği")
    def sentence(self, rule: ReminderRule) -> str:
        return rule.sentence if rule.pk else "Kaydedince burada okunur."
