"""Form fields of identifiers: each says in a Turkish sentence what is wrong and how to mend it."""

from collections.abc import Callable
from typing import Any

from django import forms

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


NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}
