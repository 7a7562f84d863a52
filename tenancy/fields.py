"""Form fields of every package: text as it is seen (`identifiers.invisible`), and what `identifiers` cleans."""

from collections.abc import Callable
from typing import Any

from django import forms

from identifiers import Refused, names
from identifiers.invisible import plain, visible

Clean = Callable[[str], str]
# What a group of radio buttons says when none is chosen; it is no field that one fills in.
PICK_ONE: dict[str, Any] = {"required": "Bir seçenek işaretleyin."}

# Of a field for identity numbers: the browser keeps nothing of it (static/js/drafts.js). A MERSİS number is secret
# unless it begins with 0: any other holds a person's number.
SECRET = {"data-secret": ""}
SECRET_IF_PERSONS = {"data-secret": "mersis"}


def cleaned(cleaner: Clean, text: str) -> str:
    """The canonical form, or a form's error with the cleaner's sentence; empty stays empty."""
    try:
        return cleaner(text) if text else ""
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


def demanded(form: forms.BaseForm, *names: str) -> None:
    """Marks fields that may be empty by themselves while one of them is asked for: their labels do not call them
    optional (templates/django/forms/field.html)."""
    for name in names:
        form.fields[name].demanded = True  # type: ignore[attr-defined]


class CleanField(forms.CharField):
    """Text that one of identifiers' `clean` functions brings into its canonical form."""

    def __init__(self, *, cleaner: Clean, attrs: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs=attrs or {}), **kwargs)
        self.cleaner = cleaner

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return "" if text in self.empty_values else cleaned(self.cleaner, text)


class VisibleField(forms.CharField):
    """A name, a title or an address in words. What nobody sees would make two of one name, and a directional
    mark turns round how whatever stands behind it is read."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return visible(text).strip() if text else text


class MessageField(VisibleField):
    """What somebody writes to somebody; the end of a line is one letter, as where one types. What papers are made
    of keeps its line ends: changed, it would have to be signed anew."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if text else text


class NameField(VisibleField):
    """The name of a company or a brand: it goes into letters to strangers and into papers."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return cleaned(self.canonical, text) if text else text

    def canonical(self, text: str) -> str:
        return names.clean(text)


class PersonNameField(NameField):
    def canonical(self, text: str) -> str:
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
