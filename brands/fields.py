"""The one form field for counts: recipients, figures of a year, addresses."""

from typing import Any

from django import forms

from identifiers import Refused, counts

NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


class CountField(forms.IntegerField):
    """A whole number from 0, with or without the dots or spaces that people group it by (`identifiers.counts`)."""

    def __init__(self, *, max_value: int, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=max_value, widget=forms.TextInput(attrs=NUMERIC), **kwargs)

    def to_python(self, value: Any) -> int | None:
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        if len(text) > 30:
            raise forms.ValidationError(counts.REFUSAL, code="invalid")
        try:
            return counts.clean(text)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal), code="invalid") from refusal
