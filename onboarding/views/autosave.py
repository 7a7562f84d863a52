"""What a page sends by itself when a field is left (static/js/drafts.js): its form, to the form's own address.

The answer is for the script alone: what was refused, by the field's name. What was not refused is kept.
"""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, JsonResponse

from tenancy.access import AUTOSAVE_HEADER


def is_asked(request: HttpRequest) -> bool:
    return request.method == "POST" and AUTOSAVE_HEADER in request.headers


def answer(form: forms.BaseForm) -> JsonResponse:
    refused: dict[str, Any] = {name: str(errors[0]) for name, errors in form.errors.items()}
    return JsonResponse({"said": refused.pop(NON_FIELD_ERRORS, ""), "errors": refused})


def closed(why: str) -> JsonResponse:
    """Nothing is taken any more, and trying again is of no use."""
    return JsonResponse({"said": why}, status=409)
