"""Form fields of identifiers: each says in a Turkish sentence what is wrong and how to mend it."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from identifiers import Refused, iys, masking, names, places
from tenancy.fields import PICK_ONE, NameField

# The code follows a comma; without one it is a number at the end.
BRAND_LINE = re.compile(r"(?P<name>.*\S)\s*,(?P<code>[^,]*)|(?P<named>.*[^\W\d_].*?)[\s:–-]+(?P<number>\d{4,15})")


def brand_lines(text: str) -> list[dict[str, str]]:
    """{"name", "code"} of each line "marka adı, BrandKod". Raises ValidationError for any other line."""
    brands = []
    for line in filter(None, map(str.strip, text.splitlines())):
        found = BRAND_LINE.fullmatch(line)
        if found is None:
            raise forms.ValidationError(f"“{line}” satırı anlaşılmadı: marka adını ve BrandKod'unu yazın.")
        name, code = found["name"] or found["named"], found["code"] or found["number"] or ""
        try:
            brands.append({"name": names.clean(name), "code": iys.clean_code(code)})
        except Refused as refusal:
            raise forms.ValidationError(f"“{line}” satırı: {refusal}") from refusal
    return brands


class SecretField(forms.CharField):
    """A number that never goes back into a page. With `kept`, empty means the one that is there already."""

    kept = False

    def keeps(self, number: str) -> None:
        self.required, self.kept = False, True
        self.help_text = f"Kayıtlı: {masking.mask(number)}. Değiştirmeyecekseniz boş bırakın."


class ProvinceField(forms.ChoiceField):
    """One of the provinces, also by a name of before, or as a browser or a paste writes it: Urfa, Izmir."""

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value)
        try:
            return places.clean_province(text) if text else ""
        except Refused:
            return text


class MersisField(forms.TypedChoiceField):
    """Whether the company has a MERSİS number; True, False, or None where it may be left out."""

    ASKED = "MERSİS numaranız var mı?"
    YES = "evet"
    SAID: ClassVar[Mapping[str, bool]] = {YES: True, "hayir": False}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=self.ASKED,
            choices=[(self.YES, "Evet, var"), ("hayir", "Hayır, yok")],
            coerce=self.SAID.__getitem__,
            empty_value=None,
            widget=forms.RadioSelect,
            error_messages=PICK_ONE,
            **kwargs,
        )

    @classmethod
    def word(cls, *, answer: bool | None) -> str:
        """As it stands in addresses and forms; empty where there is none."""
        return next((word for word, said in cls.SAID.items() if said is answer), "")


class DistrictSelect(forms.Select):
    """The districts of a province, found by former names and without Turkish letters too."""

    def __init__(self, province: str) -> None:
        self.province, self.found_by = province, places.found_by(province)
        super().__init__(choices=[("", "Seçin"), *((name, name) for name in self.found_by)])

    def format_value(self, value: Any) -> Any:
        with suppress(Refused):
            value = places.clean(self.province, value)[1] if value else value
        return super().format_value(value)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["data-find"] = self.found_by[value]  # static/js/drafts.js
        return option


class DistrictField(NameField):
    """A list once the province is known, before that free text. It is read as text: by former names too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs)

    def list_those_of(self, province: str) -> None:
        listed = DistrictSelect(province)
        if listed.found_by:
            listed.is_required = self.required
            self.widget = listed


class DistrictForm(forms.Form):
    """The one field, for a province that was just chosen."""

    def __init__(self, *, province: str, district: str) -> None:
        super().__init__(initial={"district": district})
        field = DistrictField(label="İlçe", max_length=60)
        field.list_those_of(province)
        self.fields["district"] = field


class PastDateField(forms.DateField):
    """A day on which something has happened already: today at the latest."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError("Bugünden sonraki bir gün olamaz.")
        return day
