"""The forms of log-in and account pages, each built on django-allauth's."""

from typing import Any

from allauth.account import forms

from tenancy.fields import AddressInput


class AddEmailForm(forms.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        AddressInput.into(self.fields["email"])


class LoginForm(forms.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        AddressInput.into(self.fields["login"])


class ResetPasswordForm(forms.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        AddressInput.into(self.fields["email"])
