"""The form fields of every number that people type, on screens and in the admin (`identifiers.counts`).

Django's own read the dot as Python does: of "8.000" they make eight.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.db.models import DecimalField, Field, IntegerField

from identifiers import Refused, counts

N = TypeVar("N")
NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


def _read(value: Any, clean: Callable[[str], N], too_long: str) -> N | None:
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    if len(text) > 30:
        raise forms.ValidationError(too_long, code="invalid")
    try:
        return clean(text)
    except Refused as refusal:
        raise forms.ValidationError(str(refusal), code="invalid") from refusal


class CountField(forms.IntegerField):
    """A whole number from 0, with or without the dots or spaces that people group it by."""

    def __init__(self, *, min_value: int = 0, max_value: int | None = None, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(attrs={**NUMERIC, "data-count": ""})
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)
        if max_value is not None:
            most = counts.written(max_value)
            self.error_messages["max_value"] = f"Bu sayı çok büyük: en çok {most} yazabilirsiniz."

    def to_python(self, value: Any) -> int | None:
        return _read(value, counts.clean, counts.REFUSAL)

    def prepare_value(self, value: Any) -> Any:
        """As people read it; static/js/portal.js does the same with what is typed."""
        return counts.written(value) if isinstance(value, int) else value


class CarriedCountField(CountField):
    """One that a page carries from what it showed; nobody types it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget = forms.HiddenInput()

    def prepare_value(self, value: Any) -> Any:
        return value


def empty_is_zero(form: forms.Form, names: Sequence[str], *, nothing: str) -> None:
    """For `clean` of a form that asks one thing of several channels: what is left empty there is 0, once something
    was written. `nothing` is said when nothing was; a 0 is something.
    """
    if form.errors.keys() & set(names):
        return
    if all(form.cleaned_data.get(name) is None for name in names):
        form.add_error(names[0], nothing)
        return
    for name in names:
        form.cleaned_data[name] = form.cleaned_data.get(name) or 0


class AmountField(forms.DecimalField):
    """An amount of money: dots or spaces between thousands, a comma before the kuruş."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(attrs={**NUMERIC, "inputmode": "decimal"})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return _read(value, counts.clean_amount, counts.REFUSED_AMOUNT)

    def prepare_value(self, value: Any) -> Any:
        """As it is typed: with a comma."""
        return str(value).replace(".", ",") if isinstance(value, Decimal) else value


def typed_as(db_field: "Field[Any, Any]") -> dict[str, Any]:
    """For `formfield` of a column with a number: the field of this module; for any other nothing."""
    if isinstance(db_field, IntegerField):
        return {"form_class": CountField}
    return {"form_class": AmountField} if isinstance(db_field, DecimalField) else {}
