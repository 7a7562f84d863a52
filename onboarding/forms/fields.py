"""Form fields of identifiers: each says in a Turkish sentence what is wrong and how to mend it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from identifiers import Refused, iys, names, places

Clean = Callable[[str], str]


def cleaned(cleaner: Clean, text: str) -> str:
    """The canonical form, or a form's error with the cleaner's sentence; empty stays empty."""
    try:
        return cleaner(text) if text else ""
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


def brand_lines(text: str) -> list[dict[str, str]]:
    """{"name", "code"} of each line "marka adı, BrandKod". Raises ValidationError for any other line."""
    brands = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, comma, code = line.rpartition(",")
        if not comma or not name.strip():
            raise forms.ValidationError(f"“{line}” satırı anlaşılmadı: marka adı, virgül, BrandKod yazın.")
        brands.append({"name": cleaned(names.clean, name), "code": cleaned(iys.clean_code, code.strip())})
    return brands


class CleanField(forms.CharField):
    """Text that one of identifiers' `clean` functions brings into its canonical form."""

    def __init__(self, *, cleaner: Clean, attrs: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs=attrs or {}), **kwargs)
        self.cleaner = cleaner

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return "" if text in self.empty_values else cleaned(self.cleaner, text)


class SecretField(forms.CharField):
    """A number that never goes back into a page. With `kept`, empty means the one that is there already."""

    kept = False


class ProvinceField(forms.ChoiceField):
    """One of the provinces, also by a name of before, or as a browser or a paste writes it: Urfa, Izmir."""

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value)
        try:
            return places.clean_province(text) if text else ""
        except Refused:
            return text


class PastDateField(forms.DateField):
    """A day on which something has happened already: today at the latest."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError("Bugünden sonraki bir gün olamaz.")
        return day
