from collections.abc import Iterable
from typing import Any

from django import forms

from identifiers import iys, turkish
from tenancy.fields import CleanField, NameField
from tenancy.numbers import NUMERIC

ROWS = 8  # more brands than that are rare; saving full rows brings further ones


class CodesForm(forms.Form):
    """İYSKod and as many brands as the company has, typed from İYS's mail."""

    iys_code = CleanField(
        label="İYSKod",
        help_text="Onay e-postasında “İYS Numaranız” diye yazar; yalnızca rakam",
        cleaner=iys.clean_code,
        max_length=30,
        attrs=NUMERIC,
    )

    def __init__(self, *args: Any, known: int = 0, application_number: str = "", **kwargs: Any) -> None:
        """`known` is how many brands were read or typed before: each has its row, and one more is free.

        `application_number` is İYS's, which people take for the code.
        """
        super().__init__(*args, **kwargs)
        self.application_number = application_number
        self.shown = max(known, 1)
        self.numbers = range(1, max(ROWS, known + 1) + 1)
        for row in self.numbers:
            self.fields[f"name_{row}"] = NameField(label=f"{row}. marka adı", required=False, max_length=150)
            self.fields[f"code_{row}"] = CleanField(
                label=f"{row}. BrandKod", required=False, cleaner=iys.clean_code, max_length=30, attrs=NUMERIC
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Those that are known, or the first: most companies have one brand."""
        return self._pairs(self.numbers[: self.shown])

    @property
    def more_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return self._pairs(self.numbers[self.shown :])

    def _pairs(self, numbers: Iterable[int]) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"name_{row}"], self[f"code_{row}"]) for row in numbers]

    @property
    def has_more(self) -> bool:
        """Whether something stands in the rows that are folded away."""
        return any(field.value() or field.errors for row in self.more_rows for field in row)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field in ("iys_code", *(f"code_{row}" for row in self.numbers)):
            if self.application_number and cleaned.get(field) == self.application_number:
                self.add_error(field, iys.APPLICATION_NUMBER)
        self._only_brand_is_the_main_one(cleaned)
        for row in self.numbers:
            name, code = cleaned.get(f"name_{row}"), cleaned.get(f"code_{row}")
            if name and not code and f"code_{row}" not in self.errors:
                self.add_error(f"code_{row}", "Bu markanın BrandKod'unu da yazın.")
            if code and not name:
                self.add_error(f"name_{row}", "Bu kodun hangi markaya ait olduğunu yazın.")
        self._refuse_twice(cleaned)
        if not self.errors and not self.brands:
            self.add_error("name_1", "En az bir markayı kodu ile yazın; ana markanın kodu İYSKod ile aynıdır.")
        return cleaned

    def _only_brand_is_the_main_one(self, cleaned: dict[str, Any]) -> None:
        """İYS gives the main brand the company's own number: who has one brand need not type it twice."""
        rows = [row for row in self.numbers if cleaned.get(f"name_{row}") or self.data.get(f"code_{row}")]
        if len(rows) == 1 and cleaned.get("iys_code") and not self.data.get(f"code_{rows[0]}"):
            cleaned[f"code_{rows[0]}"] = cleaned["iys_code"]

    def _refuse_twice(self, cleaned: dict[str, Any]) -> None:
        names: dict[str, int] = {}
        codes: dict[str, int] = {}
        for row in self.numbers:
            name, code = cleaned.get(f"name_{row}"), cleaned.get(f"code_{row}")
            before = next((at for each, at in names.items() if name and turkish.same(each, name)), None)
            if before is not None:
                self.add_error(f"name_{row}", f"Bu markayı {before}. satırda da yazdınız.")
            elif name:
                names[name] = row
            if code in codes:
                self.add_error(
                    f"code_{row}",
                    f"Bu BrandKod'u {codes[code]}. satırda da yazdınız; her markanın kodu ayrıdır.",
                )
            elif code:
                codes[code] = row

    @property
    def brands(self) -> list[tuple[str, str]]:
        pairs = [
            (self.cleaned_data.get(f"name_{row}", ""), self.cleaned_data.get(f"code_{row}", ""))
            for row in self.numbers
        ]
        return [(name, code) for name, code in pairs if name and code]
