"""The forms of log-in and account pages, each built on django-allauth's."""

from typing import Any, ClassVar

from allauth.account import forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from accounts import guesses
from accounts.wording import LABELS, Worded
from limits.forms import taking
from limits.table import Quota
from tenancy.fields import AddressInput
from tenancy.models import User
from verification.forms import CODE_HINT, CodeInput


class AddEmailForm(Worded, forms.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        AddressInput.into(self.fields["email"])

    def clean_email(self) -> str:
        email: str = super().clean_email()
        taking(Quota.NEW_ADDRESSES, target=email)
        return email


class SignupForm(Worded, forms.SignupForm):  # type: ignore[misc]
    labels: ClassVar = {**LABELS, "password1": "Şifre"}
    account_already_exists: bool

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """An address that has an account takes the time of a new one: the password is hashed all the same."""
        if self.account_already_exists and not self.by_passkey:
            make_password(self.cleaned_data["password1"])
        saved: tuple[User | None, HttpResponse | None]
        try:
            with transaction.atomic():
                saved = super().try_save(request)
        except IntegrityError:
            # Sent twice at once: the other one was first, and this one is told what it would be told later.
            self.account_already_exists = True
            saved = super().try_save(request)
        return saved


class LoginForm(Worded, forms.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        AddressInput.into(self.fields["login"])


class ChangePasswordForm(Worded, forms.ChangePasswordForm):  # type: ignore[misc]
    def clean_oldpassword(self) -> str:
        """The present password is a secret that is tried, as at the door."""
        password: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password


class ResetPasswordForm(Worded, forms.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        AddressInput.into(self.fields["email"])

    def clean_email(self) -> str:
        """The same for an address that has an account and for one that has none."""
        taking(Quota.RESETS, target=self.cleaned_data["email"])
        email: str = super().clean_email()
        return email


class ConfirmEmailVerificationCodeForm(Worded, forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = CodeInput()
        self.fields["code"].widget.attrs["autofocus"] = True  # nothing else is to be done on its page
        self.fields["code"].help_text = CODE_HINT

    def clean_code(self) -> str:
        with guesses.counted(context.request, Quota.CODE_GUESSES, None, account=str(self.email)) as guess:
            code: str = super().clean_code()
            guess.was_right()
        return code


class SetPasswordForm(Worded, forms.SetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(Worded, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(Worded, forms.ReauthenticateForm):  # type: ignore[misc]
    labels: ClassVar = {**LABELS, "password": "Şifreniz"}
