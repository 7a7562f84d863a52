"""Form fields of every package that take text as it is seen (`identifiers.invisible`)."""

from typing import Any

from django import forms

from identifiers import Refused, names
from identifiers.invisible import plain, visible

# What a group of radio buttons says when none is chosen; it is no field that one fills in.
PICK_ONE: dict[str, Any] = {"required": "Bir seçenek işaretleyin."}


def demanded(form: forms.BaseForm, *names: str) -> None:
    """Marks fields that may be empty by themselves while one of them is asked for: their labels do not call them
    optional (templates/django/forms/field.html)."""
    for name in names:
        form.fields[name].demanded = True  # type: ignore[attr-defined]


class VisibleField(forms.CharField):
    """A name, a title or an address in words. What nobody sees would make two of one name, and a directional
    mark turns round how whatever stands behind it is read."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return visible(text).strip() if text else text


class NameField(VisibleField):
    """The name of a company or a brand: it goes into letters to strangers and into papers."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        try:
            return self.cleaned(text) if text else text
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def cleaned(self, text: str) -> str:
        return names.clean(text)


class PersonNameField(NameField):
    def cleaned(self, text: str) -> str:
        return names.clean_person(text)


class EmailField(forms.EmailField):
    """An e-mail address as chat programs and web pages hand it over."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return plain(text) if text else text


class AddressInput(forms.TextInput):
    """For the fields of django-allauth, which makes its own: an e-mail address as `EmailField` takes it."""

    input_type = "email"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        text = super().value_from_datadict(data, files, name)
        return plain(text) if isinstance(text, str) else text

    @classmethod
    def into(cls, field: forms.Field) -> None:
        """Gives the field this widget, with the attributes and the duty of the one it had."""
        before, field.widget = field.widget, cls(attrs=field.widget.attrs)
        field.widget.is_required = before.is_required
