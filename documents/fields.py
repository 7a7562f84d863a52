"""A file among the other fields of a form: the view reads it, and keeps it whatever the other fields say."""

from typing import Any, Protocol

from django import forms

from documents.inspection import ACCEPTED


class ChosenFile(Protocol):
    """What was found in the field: nothing, when it is false; `refusal` says what was wrong with it."""

    refusal: str

    def __bool__(self) -> bool: ...


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": ACCEPTED})


class FileOfAForm(forms.Field):
    """Its place, label and errors; never a value of its own."""

    widget = SeveralFiles

    def clean(self, value: Any) -> None:
        return None
