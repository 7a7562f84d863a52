from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from identifiers import iys
from onboarding.forms.fields import NUMERIC, CleanField

ROWS = 8  # more brands than that are rare; who has them uses the form twice


class CodesForm(forms.Form):
    """İYSKod and as many brands as the company has, typed from İYS's mail."""

    iys_code = CleanField(
        label=_("İYSKod"),
        help_text=_("Onay e-postasında “İYS Numaranız” diye yazar; yalnızca rakam"),
        cleaner=iys.clean_code,
        max_length=30,
        attrs=NUMERIC,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, ROWS + 1):
            self.fields[f"name_{row}"] = forms.CharField(label=f"{row}. marka adı", required=False, max_length=150)
            self.fields[f"code_{row}"] = CleanField(
                label=f"{row}. BrandKod", required=False, cleaner=iys.clean_code, max_length=30, attrs=NUMERIC
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"name_{row}"], self[f"code_{row}"]) for row in range(1, ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for row in range(1, ROWS + 1):
            name, code = cleaned.get(f"name_{row}"), cleaned.get(f"code_{row}")
            if name and not code and f"code_{row}" not in self.errors:
                self.add_error(f"code_{row}", _("Bu markanın BrandKod'unu da yazın."))
            if code and not name:
                self.add_error(f"name_{row}", _("Bu kodun hangi markaya ait olduğunu yazın."))
        if not self.errors and not self.brands:
            self.add_error("name_1", _("En az bir markayı kodu ile yazın; ana markanın kodu İYSKod ile aynıdır."))
        return cleaned

    @property
    def brands(self) -> list[tuple[str, str]]:
        pairs = [
            (self.cleaned_data.get(f"name_{row}", ""), self.cleaned_data.get(f"code_{row}", ""))
            for row in range(1, ROWS + 1)
        ]
        return [(name, code) for name, code in pairs if name and code]
