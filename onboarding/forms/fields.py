"""Form fields of identifiers: each says in a Turkish sentence what is wrong and how to mend it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from identifiers import Refused

Clean = Callable[[str], str]


class CleanField(forms.CharField):
    """Text that one of identifiers' `clean` functions brings into its canonical form."""

    def __init__(self, *, cleaner: Clean, attrs: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs=attrs or {}), **kwargs)
        self.cleaner = cleaner

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text in self.empty_values:
            return ""
        try:
            return self.cleaner(text)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class PastDateField(forms.DateField):
    """A day on which something has happened already: today at the latest."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("Bugünden sonraki bir gün olamaz."))
        return day


NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}
