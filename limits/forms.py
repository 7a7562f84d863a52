"""Quotas in the forms of django-allauth, which are not given the request."""

from allauth.core import context
from django import forms

from identifiers import Refused
from limits import quotas
from limits.table import Quota


def taking(quota: Quota, *, target: str = "") -> None:
    """To be called where a form is cleaned: raises ValidationError when the quota of who sends it is used up."""
    try:
        quotas.take(quota, **quotas.asking(context.request, target=target))
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
