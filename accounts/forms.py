"""The forms of log-in and account pages, each built on django-allauth's."""

from typing import Any

from allauth.account import forms

from limits.forms import taking
from limits.table import Quota
from tenancy.fields import AddressInput


class AddEmailForm(forms.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        AddressInput.into(self.fields["email"])

    def clean_email(self) -> str:
        email: str = super().clean_email()
        taking(Quota.NEW_ADDRESSES, target=email)
        return email


class LoginForm(forms.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        AddressInput.into(self.fields["login"])


class ResetPasswordForm(forms.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        AddressInput.into(self.fields["email"])

    def clean_email(self) -> str:
        """The same for an address that has an account and for one that has none."""
        taking(Quota.RESETS, target=self.cleaned_data["email"])
        email: str = super().clean_email()
        return email
