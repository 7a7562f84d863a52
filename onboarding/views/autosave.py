"""What a page sends by itself when a field is left (static/js/drafts.js): its form, to the form's own address.

The answer is for the script alone, by the fields' names: what was refused, what is kept and how it is shown from
now on, and what is said beside a field. What is not named as kept is not stored.
"""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import JsonResponse

from onboarding.forms import aged
from onboarding.forms.aged import Aged
from onboarding.forms.fields import SecretField


def answer(
    form: Aged, kept: Collection[str], stored: forms.BaseForm, told: str = "", *, done: bool = False
) -> JsonResponse:
    """`kept` names what was stored of the form, `stored` is the same form as it would be shown now; `told` is what
    follows from it; `done` whether nothing of a page among others is left to do, by what is stored."""
    refused: dict[str, Any] = {name: str(errors[0]) for name, errors in form.errors.items()}
    names = [name for name in stored.fields if name in kept]
    return JsonResponse(
        {
            "said": refused.pop(NON_FIELD_ERRORS, ""),
            "errors": refused,
            "kept": {name: aged.shown(stored, name) for name in names},
            "notes": form.notes(),
            "told": told,
            "done": done,
            "hints": {
                name: str(stored.fields[name].help_text)
                for name in names
                if isinstance(stored.fields[name], SecretField)
            },
        }
    )
