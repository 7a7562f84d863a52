"""A page grows old while it is open: a colleague, or another tab, keeps something else meanwhile.

So it says in hidden fields what stood in its own when it was shown. What is posted unchanged was not typed: there
the value of now is taken, and a page that has aged takes nobody's word away.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from documents.fields import FileOfAForm
from identifiers import masking
from onboarding.forms.fields import SecretField
from tenancy.fields import CleanField

BEFORE = "before-"  # and the field's name


def shown(stored: forms.BaseForm, name: str) -> str:
    """What a page has in the field for what is stored, as a browser would send it. `stored` is not bound."""
    value = stored.get_initial_for_field(stored.fields[name], name)
    if isinstance(stored.fields[name], forms.BooleanField):
        return "on" if value else ""
    return str(value or "")


def hidden(stored: forms.BaseForm) -> Sequence[tuple[str, str]]:
    """Names and values of the hidden fields of a page that has these fields."""
    unseen = SecretField | FileOfAForm
    compared = [name for name, field in stored.fields.items() if not isinstance(field, unseen)]
    return [(BEFORE + name, shown(stored, name)) for name in compared]


class Aged(forms.Form):
    """Its `initial` is what is stored. By the fields' names: `untouched` is what the page only showed,
    `overwritten` what somebody else has kept since in a field that was typed in, `gone` what was stored and
    belongs no longer to what is kept now.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.untouched: set[str] = set()
        self.overwritten: dict[str, str] = {}
        self.gone: dict[str, str] = {}

    def take_what_is_now(self) -> None:
        """To be called before the form is validated, when its fields and `initial` are complete."""
        if not isinstance(self.data, QueryDict):
            return
        self.data = self.data.copy()
        for name in self.fields:
            if BEFORE + name not in self.data:
                continue
            posted, now = _line_ends(str(self.data.get(name, ""))), shown(self, name)
            before = _line_ends(str(self.data[BEFORE + name]))
            if posted == before:
                self.untouched.add(name)
                self.data[name] = now
            elif _line_ends(now) not in (before, posted):
                self.overwritten[name] = now

    def kept(self) -> dict[str, Any]:
        """What is to be stored: all that is valid, also when something else is not."""
        return self.gone | {name: value for name, value in self.cleaned_data.items() if name not in self.errors}

    def hide(self, kept: Mapping[str, Any]) -> None:
        """Numbers of people that were just kept do not go back into the page when another field is wrong."""
        for name in self.fields.keys() & kept.keys() & self.data.keys():
            field, number = self.fields[name], str(kept[name])
            if isinstance(field, SecretField):
                self.put(name, "")
                if number:
                    field.keeps(number)
                    self[name].help_text = field.help_text
            elif isinstance(field, CleanField) and masking.is_persons(number):
                self.put(name, masking.mask(number))

    def put(self, name: str, text: str) -> None:
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data[name] = text

    def notes(self) -> dict[str, str]:
        """What is said beside a field whose other value has given way."""
        return {
            name: f"Siz yazarken bu alan “{value}” olarak değiştirilmişti; sizin yazdığınız kaydedildi."
            for name, value in self.overwritten.items()
            if value and name not in self.errors
        }


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
