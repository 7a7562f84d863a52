"""The forms of django-allauth that ask for an e-mail address; sign-up has its own in team/forms.py."""

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
